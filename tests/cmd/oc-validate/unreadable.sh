# Records that cannot be read are findings; --on-error na keeps them, skip wants --rejects; a run that breaks leaves no file.
printf 'ts,symbol,price\n2024-07-02T14:30:00Z,A,1\n2024-07-02T14:30:01Z,A,x\n2024-07-02T14:30:01Z,A,-1\n2024-07-02T14:30:02Z,A,1,9,9\nyesterday,A,1\n2024-07-02T14:30:03Z,A,1\n' >t.csv
for how in stop na skip; do
    oc-validate t.csv --on-error $how --rejects r.csv --checks c.csv; echo "$how: status $?"
    oc-cat c.csv --where 'check == "unreadable"' --keep check,severity,line,column,count,message
    cat r.csv; rm -f r.csv c.csv
done
oc-validate -q t.csv | wc -l
oc-validate -q --max-rejects 1 t.csv --rejects r.csv --checks c.csv | wc -l
ls
printf 'ts,symbol,price\n2024-07-02T14:30:00Z,A,1\n' >empty-cells.csv
printf '2024-07-02T14:30:01Z,,1\n,A,1\n' >>empty-cells.csv
oc-validate empty-cells.csv
head -1 t.csv | oc-validate --checks c.csv --gaps g.csv --calendar XNYS; echo "header alone: status $?"
cat c.csv g.csv
echo "--where takes rows out, lines stay those of the file; the row equation holds"
oc-validate -q --where 'price != 1' t.csv --rejects r.csv --stats s.json
cut -d, -f2-4 r.csv
grep -o '"rows_[a-z]*":[0-9]*' s.json | tr '\n' ' '; echo
echo "--interval in place of a column; instants that lie nowhere"
printf 'ts,open,high,low,close\n0001-01-01T00:00:00Z,1,1,1,1\n1700-01-01T00:00:00Z,1,1,1,1\n2024-07-02T14:30:00Z,1,1,1,1\n2024-07-02T14:32:00Z,1,1,1,1\n2250-01-01T00:00:00Z,1,1,1,1\n' >b.csv
oc-validate b.csv; echo "status $?"
oc-validate b.csv --interval 1m --calendar XNYS --gaps g.csv --rejects r.csv; echo "status $?"
cat g.csv; cut -d, -f2-4 r.csv
printf 'ts,open,high,low\n' | oc-validate --kind bar --interval 1m; echo "status $?"
echo "--only: rows left out are not judged"
oc-validate -q --only 'price > 0' --on-error na t.csv; echo "status $?"
