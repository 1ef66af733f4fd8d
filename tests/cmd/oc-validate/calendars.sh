# Rows that name a calendar are judged by that one or not at all: without --calendar it is told that they are not, and with
# another one the run is refused, wherever batches end.
printf '%s\n' ts,symbol,price,calendar 2024-07-02T14:30:00Z,A,1,XNYS 2024-07-02T14:30:01Z,A,1, 2024-07-02T14:30:02Z,B,1,XCBO >rows.csv
for n in 1 2 100; do
    oc-validate --batch-rows $n --calendar XNYS rows.csv >/dev/null; echo $?
    oc-validate --batch-rows $n rows.csv >/dev/null; echo $?
done
oc-cat --kind tick -O arrow rows.csv | oc-validate --calendar XNYS >/dev/null; echo $?
oc-validate --calendar XCBO --where 'calendar == "XCBO"' rows.csv
echo "-- shares of the stream"
oc-validate -q --set quality=0.5,missing=0 rows.csv --checks c.csv >/dev/null
oc-cat c.csv --where 'check == "quality" || check == "missing"' --keep check,severity,value,limit,count,rows,message
printf '%s\n' ts,symbol,price 2024-07-02T14:30:00Z,A,1 2024-07-02T14:30:01Z,A, 2024-07-02T14:30:02Z,A,-1 |
    oc-validate -q --severity quality=failed --checks c.csv
oc-cat c.csv --where 'check == "quality" || check == "missing"' --keep check,severity,value,limit,count,rows,message
