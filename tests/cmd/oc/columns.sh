# The kinds in the order of detection, and the columns of one with type, need and unit.
oc columns | cut -d, -f1
oc columns curve | cut -d, -f1-4
oc columns kurve
echo "unknown kind: $?"
