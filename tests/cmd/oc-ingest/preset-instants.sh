# Dates that stand at a time of day (another one on half days), instants that are moved, parts of a file's name put together
cat >a.preset <<'P'
version 1
kind    bar
header  "day,"
zone    America/New_York
file    "{symbol}-{d}-{m}-{y}.csv"
column ts       from day time "%Y-%m-%d" at 16:00 13:00 XNYS shift -1m
column symbol   file symbol
column interval text 1m
column open     from p
column high     from p
column low      from p
column close    from p
column made     file d m y date "%d %b %Y"
P
printf 'day,p\n2024-07-02,1\n2024-07-03,2\n2024-07-04,3\n2024-11-29,4\n' >X-5-jul-2024.csv
oc-ingest --preset ./a.preset X-5-jul-2024.csv
cp X-5-jul-2024.csv X.csv
oc-ingest --preset ./a.preset X.csv || echo "status $?"
oc-ingest --preset ./a.preset --symbol Y --set made='6 jul 2024' X.csv | sed -n 2p
sed 's/%Y-%m-%d/%Y-%m-%d %H:%M/' a.preset >b.preset
printf 'day,p\n2024-07-02 00:00,1\n2024-07-02 09:30,1\n' >X-1-jan-2024.csv
oc-ingest --preset ./b.preset X-1-jan-2024.csv || echo "status $?"
oc-ingest --preset ./a.preset --show-map | sed -n '1p;8p'
