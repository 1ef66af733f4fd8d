# Records that cannot be read are findings; --on-error na keeps them, skip wants --rejects; a run that breaks leaves no file.
printf 'ts,symbol,price\n2024-07-02T14:30:00Z,A,1\n2024-07-02T14:30:01Z,A,x\n2024-07-02T14:30:02Z,A,1,9,9\nyesterday,A,1\n2024-07-02T14:30:03Z,A,1\n' >t.csv
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
echo "--only: rows left out are not judged"
oc-validate -q --only 'price > 0' --on-error na t.csv; echo "status $?"
