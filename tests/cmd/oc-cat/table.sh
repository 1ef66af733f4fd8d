# --table: numbers to the right, text to the left, UTF-8 by characters, line ends as dots; colour only when asked.
cat >a.csv <<'E'
ts,symbol,expiry,type,strike,bid,ask,note,n
2026-01-05T15:00:00Z,SPX,2026-06-19,C,5000,1.50,2,plain,1
2026-01-05T15:00:00Z,SPX,2026-06-19,P,12000,,3.125,"naïve, ""quoted"""
E
sed -i '3s/$/,-17.5/' a.csv
printf '2026-01-05T15:00:00Z,SPX,2026-06-19,P,12,0,3,"two\nlines",\n' >>a.csv
oc-cat --table a.csv
echo; oc-cat -O arrow a.csv | oc-cat --table -k strike,bid,note --float fixed:2
echo; oc-cat --table --color always -k type,strike a.csv | sed 's/\x1b/ESC/g'
echo; head -n 1 a.csv | oc-cat --table
# the widths come from the first 1,000 rows whatever the batches are
{ head -n 1 a.csv; for i in {1..2200}; do echo "2026-01-05T15:00:00Z,SPX,2026-06-19,C,$i,1,2,x,$((i * i * i))"; done; } >long.csv
oc-cat --table long.csv | sed -n '2p;1001p;1002p;$p'
cmp <(oc-cat --table long.csv) <(oc-cat --table --batch-rows 7 long.csv) && echo 'batches do not count'
oc-cat --table -O csv a.csv; echo "status $?"
