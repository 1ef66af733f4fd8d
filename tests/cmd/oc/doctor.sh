# In a tree that was built nothing is missing; without data it is, and that is status 1.
oc doctor | awk '{ print $1 == "warn" ? "ok" : $1, $2 }' | uniq
OC_DATA=$PWD oc doctor | grep -c '^missing'
echo "status ${PIPESTATUS[0]}"
OC_ISA=avx9 oc doctor | grep processor
