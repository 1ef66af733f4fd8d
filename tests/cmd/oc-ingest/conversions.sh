# Conversions of cells: exact decimals, pieces, words, instants of every form, and what of them is refused.
of() { { printf 'version 1\n'; cat; } >p.preset; }
try() { oc-ingest --preset ./p.preset "$@" >out 2>err; s=$?; cat out; [ $s = 0 ] || { sed 's/"!oc: output cut$//' err; echo "status $s"; }; }
one() { # SOURCE-AND-CONVERSIONS CELL... : each cell alone
    local c
    printf 'kind %s\nheader x\ncolumn %s\n%s\n' "$kind" "$1" "$more" | of
    echo "== $1"
    shift
    for c; do printf 'x\n"%s"\n' "$c" | oc-ingest --preset ./p.preset "${args[@]}" 2>&1 | sed -n 's/"!oc: output cut//;2,$p'; done
}
kind=quote more= args=()
one 'volume from x suffixes' 42.62M 1.2B 3K 0.5k 17 - – 1.5MM 12.3456M 1e3 2T
one 'vendor_iv from x percent' 12.5% 0.00% 1,234% -0.5% 12.5 '7 %' 100%
one 'vendor_iv from x strip , percent none 0' 1,234.50% 0.00%
one 't_years from x over 365' 365 1 x
one 'vendor_vega from x times 100' 0.0123456789012345678 1e-3
one 'vendor_x from x times 0.1 over 3' 3 0.3
one 'bid from x part x 1 none 0' '1 x 2' '0 x 2' '5' ' 7x'
one 'bid_size from x part x 2' '1 x 2' 5 '3x'
one 'type from x is CE C PE P' CE PE XX ''
kind=trade
one 'side from x is B buy S sell "" unknown' B ''
kind=tick
one 'ts from x time ms' 1590103193775 1590103193775.25 1590103193775.1234567 -1 1e12 x ''
one 'ts from x time s "%Y-%m-%dT%H:%M:%S%z"' 1704209400.5 2024-01-02T15:30:00Z
one 'day from x date "%Y-%m-%dT%H:%M:%S%z" s' 2024-06-01T00:30:00+02:00 2024-06-01T23:30:00-05:00 2024-06-01T12:00:00Z 1717200000
one 'ts from x time us' 1704209400000001
one 'ts from x time ns' 1704209400000000001 99999999999999999999
more='zone America/New_York'
one 'ts from x time "%Y-%m-%d %H:%M"' '2024-01-02 09:30' '2024-11-03 01:30' '2024-03-10 02:30' '2024-07-02 09:30'
more='zone -05:00'
one 'ts from x time "%Y-%m-%d %H:%M"' '2024-01-02 09:30' '2024-03-10 02:30' '2024-07-02 09:30'
args=(--tz Europe/Berlin)
one 'ts from x time "%Y-%m-%d %H:%M"' '2024-07-02 09:30'
args=() more=
one 'ts from x time "%Y-%m-%d %H:%M"' '2024-07-02 09:30'
echo '== clock, over the change of clocks; join; days-after'
printf 'kind quote\nheader d\nzone America/New_York\ncolumn ts from m clock ms of day\ncolumn day from d\ncolumn expiry from n days-after ts\ncolumn settle_ts join d2 t time "%%d/%%m/%%y %%I:%%M %%p"\n' | of
printf 'd,m,n,d2,t\n20240102,57600000,10,02/01/24,4:00 PM\n2024-03-10,34200000.5,0,,\n' >a.csv
try a.csv
for bad in '20240310,9000000,1,,' '20240102,86400000,1,,' '2024,1,1,,' '20240102,1,1.5,,' '20240102,1,1,02/01/24,' '20240102,-5,1,,'; do
    printf 'd,m,n,d2,t\n%s\n' "$bad" | try 2>&1 | tail -n 2 | head -n 1
done
printf 'kind bar\nheader m\nfile "{day}_x.csv"\nzone America/New_York\ncolumn ts from m clock s of day\ncolumn close from c\n' | of
printf 'm,c\n34200,5\n' >20240102_x.csv
try 20240102_x.csv
try --set day=20240701 <20240102_x.csv
try <20240102_x.csv
echo '== a zone of the preset is in the metadata'
oc-ingest --preset ./p.preset 20240102_x.csv -O arrow | oc-cat --schema 2>/dev/null | grep -o 'zone=America/New_York' || oc-ingest --preset ./p.preset 20240102_x.csv -O arrow | grep -ao 'zone=America/New_York' | head -n 1
