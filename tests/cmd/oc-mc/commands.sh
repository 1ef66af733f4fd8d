# A first word that is no command and no file: the commands, and the nearest; what is a path or an address is told as such.
try() { echo "-- $*" >&2; "$@" </dev/null; echo "status $?" >&2; }
try oc-mc
try oc-mc foo
try oc-mc pric x.csv --steps 3
echo x >pric
try oc-mc pric
try oc-mc pric.csv
try oc-step nxt sqlite:s.db#a
try oc-step foo
try oc-step foo.csv
try oc-step ./foo
try oc-cat digst
exit 0
