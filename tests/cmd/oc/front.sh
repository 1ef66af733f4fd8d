# oc NAME is oc-NAME, its status included; oc list tells what there is.
oc cat --version | cmp - <(oc-cat --version) && echo same
oc price --help=json | cmp - <(oc-price --help=json) && echo same
oc cat no-such-file.csv 2>/dev/null
echo "status $?"
printf 'ts,symbol\n2026-01-05T15:00:00Z,SPX\n' | oc cat --kind tick --keep symbol
oc list | awk '{ print $1 } NF < 3 { print "no title: " $0 }'
