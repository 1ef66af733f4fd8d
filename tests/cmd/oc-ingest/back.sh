# A vendor's file to records and back: the same bytes, by way of CSV and of Arrow; what cannot be undone is refused.
of() { { printf 'version 1\n'; cat; } >p.preset; }
arrow=arrow
round() { # FILE OPTIONS...
    local f=$1 way
    shift
    for way in csv $arrow; do
        oc-ingest --preset ./p.preset "$@" "$f" -O $way >there && oc-ingest --preset ./p.preset --back there >back && cmp "$f" back && echo "same by $way"
    done
}
try() { "$@" >out 2>err; echo "status $?"; cat out err; }
echo '== ;, decimal comma, join, words, factors, rest, no header, an end'
printf 'kind tick\nwrites\nfields Date Time Sym "" Px Size Side Vol Note\nseparator ";"\ndecimal comma\nend !END\nzone America/New_York\ncolumn ts join Date Time time "%%d.%%m.%%Y %%H:%%M:%%S.%%f"\ncolumn symbol from Sym\ncolumn price from Px times 0.01\ncolumn size from Size\ncolumn side from Side is B buy S sell\ncolumn vendor_iv from Vol percent none -\nrest x_\n' | of
printf '02.01.2024;09:30:00.000;SPX;;123,45;10;B;12,5%%;"a;b, ""c"""\n02.07.2024;16:00:00.250;X;q;1,5;0,5;S;-;\n!END\n' >a.txt
oc-ingest --preset ./p.preset a.txt
round a.txt
echo '== two rows a line, header, CR LF, clock, days, epochs, a bracketed name twice'
printf 'kind quote\nwrites\nheader "ms,day,[K],c_b,p_b,dte,t,K,K"\nrows 2\nzone America/New_York\ncolumn ts from ms clock ms of day\ncolumn day from day\ncolumn symbol text SPX\ncolumn expiry from dte days-after ts\ncolumn type row 1 text C\ncolumn type row 2 text P\ncolumn strike from [K] times 0.001\ncolumn bid row 1 from c_b none 0\ncolumn bid row 2 from p_b none 0\ncolumn last_ts from t time us\nrest v_\n' | of
printf 'ms,day,[K],c_b,p_b,dte,t,K,K\r\n34200000,20240102,4800000,1.5,0,10,1704205800000001,a,b\r\n57600000,20240703,4805500,0,2.25,0,1719345600000000,"c,d",\r\n' >b.txt
arrow=
round b.txt            # Arrow does not carry CR LF
arrow=arrow
echo '== formats'
for f in '%Y%m%d %H%M%S' '%d/%m/%y %I:%M:%S %p' '%a %b %e %Y %H:%M:%S' '%A, %B %d, %Y %H:%M:%S.%f %z' s ms; do
    printf 'kind tick\nwrites\nheader "t,symbol,p"\ncolumn ts from t time "%s"\nzone Europe/London\ncolumn symbol from symbol\ncolumn price from p\n' "$f" | of
    printf 'ts,symbol,price\n2024-02-29T13:05:09Z,A,1\n2024-07-01T00:00:00Z,A,2.5\n' | oc-ingest --preset ./p.preset --back >v.csv
    cat v.csv
    round v.csv
done
echo '== refused'
printf 'ts,symbol,price\n2024-02-29T13:05:09Z,A,1\n' >r.csv
printf 'kind tick\nheader "t,p"\ncolumn ts from t time s\ncolumn price from p\n' | of
try oc-ingest --preset ./p.preset --back r.csv
printf 'kind tick\nwrites\nheader "t,p,q"\ncolumn ts from t time s\ncolumn price from p\n' | of
try oc-ingest --preset ./p.preset --back r.csv
printf 'kind tick\nwrites\nheader "t,p"\ncolumn ts from t time s\ncolumn price from p part x 1\n' | of
try oc-ingest --preset ./p.preset --back r.csv
printf 'kind tick\nwrites\nheader "t,p"\ncolumn ts from t time s "%%Z"\ncolumn size from p\n' | of
try oc-ingest --preset ./p.preset --back r.csv -o no.csv
[ -e no.csv ] || echo nothing written
printf 'kind tick\nwrites\nheader "t,p"\ncolumn ts from t time s\ncolumn price from p is 1 one\n' | of
try oc-ingest --preset ./p.preset --back r.csv
try oc-ingest --back r.csv
echo '== a word made of several, unless another column has the cell; capitals; no line end at the end; six digits'
printf 'kind tick\nwrites\nheader "t,d"\ncolumn ts from t time s\ncolumn side from d is buy B bid B sell S\n' | of
try oc-ingest --preset ./p.preset --back r.csv
printf 'kind tick\nwrites\nheader "t,d"\ncolumn ts from t time s\ncolumn side from d upper\n' | of
try oc-ingest --preset ./p.preset --back r.csv
printf 'kind tick\nwrites unended\nfields t d ""\nzone UTC\ncolumn ts from t time "%%Y%%m%%d %%H%%M%%S.%%6f"\ncolumn side from d is buy B bid B sell S\ncolumn word from d\n' | of
printf '20240102 093000.000000,bid,\n20240102 093000.250000,buy,' >v.csv
round v.csv
# what only a run heeds is refused, and nothing is written
for o in '-w price>1' '-k ts' '-O arrow' '--provenance p.json' '--stats s.json' --strict --dry-run; do try oc-ingest --preset ./p.preset --back $o r.csv -o no.csv; done
try oc-ingest --preset ./p.preset --sniff -o no.csv r.csv
ls no.csv p.json s.json 2>&1 | sed 's/^ls: //'
