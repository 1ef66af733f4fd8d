# What is refused before a byte is written, and what the option table says.
printf 'ts,symbol,price\n2024-07-02T14:30:00Z,A,1\n' >t.csv
printf 'a,b\n1,2\n' >foreign.csv
try() { oc-validate "$@"; echo "status $?"; }
try --only-checks outlyer t.csv
try --skip 7 t.csv
try --set outlier t.csv
try --set outlier=-1 t.csv
try --set spread=x t.csv
try --severity outlier=bad t.csv
try --gaps g.csv t.csv
try --checks c.csv --gaps c.csv --calendar XNYS t.csv
try --checks c.csv -o c.csv t.csv
try --checks - t.csv
try --interval 5 t.csv
try --interval tick:100 t.csv
try --as-of 2024-07-02 t.csv
try --calendar NOWHERE t.csv
try --order up t.csv
try foreign.csv
try --set spread=5% --severity locked=failed --skip 3,gap --only-checks 1 --dry-run t.csv
try --checks no/such/folder.csv t.csv
try t.csv
ls
oc-validate --list-checks | cut -f1-5
