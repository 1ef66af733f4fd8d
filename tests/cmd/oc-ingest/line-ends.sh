# Line ends of foreign files: LF, CR LF and CR CR LF in one file, in any order, however the bytes arrive (the output has those of
# the header, CR LF); a return elsewhere is refused at its line.  Then letters to capitals, and dates to the first of their week and month.
quotes() { oc-ingest --preset polygon-v1-quotes --set symbol=ABC --keep ts,bid,ask_size "$@"; }
h=c,bE,aE,bP,aP,bS,aS,t
r='0,11,11,71.1,72.1,3,1,1539734400014'
printf "$h\r\r\n$r\r\r\n$r\r\n$r\n$r\r\r\r\n$r" >mixed.csv
quotes mixed.csv | tee want.csv | od -c | sed -n 1,2p
cat want.csv
printf "$h\r\n$r\r\n$r\r\r\n$r\n$r\n$r\n" | quotes | cmp - want.csv && echo same
# every byte by itself, so that a line end lies on both sides of a read
while IFS= read -r -n 1 -d '' c; do printf '%s' "$c"; done <mixed.csv | quotes | cmp - want.csv && echo same
printf "$h\r\r\n\r\r\n$r\r\r\n" | quotes
echo '-- refused'
printf "$h\r\n${r/71/7\\r1}\r\n" | quotes
printf "$h\r$r\r" | quotes
printf "$h\n$r\r\r\r\r\r\r\r\r\r\n" | quotes
printf "$h\r\r\n\r\r\n0,1\r\r\n" | quotes
echo '-- capitals, first-of'
cat >w.preset <<'P'
version 1
kind    bar
title   "weeks"
fields  d s o
zone    Europe/Berlin
column ts       from d time "%Y-%m-%d" "%Y-%m-%d %H:%M%z" first-of week
column month    from d time "%Y-%m-%d" "%Y-%m-%d %H:%M" first-of month at 09:30
column symbol   from s part "-" 1 upper
column interval text 1w
column open     from o
column high     from o
column low      from o
column close    from o
P
printf '%s,brk.b-us,1\n' 2024-03-31 2024-04-01 2024-04-02 2023-01-01 1969-12-31 1970-01-04 2024-02-29 |
    oc-ingest --preset ./w.preset --keep ts,month,symbol
printf '2024-04-01 10:00Z,x,1\n' | oc-ingest --preset ./w.preset
sed 's/first-of week/first-of year/' w.preset >bad.preset
printf '2024-04-01,x,1\n' | oc-ingest --preset ./bad.preset
