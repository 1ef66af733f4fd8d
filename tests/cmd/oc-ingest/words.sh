# Every word of the language of presets on a file of a few lines.  `of` makes a preset of what it reads and runs it.
of() { { printf 'version 1\n'; cat; } >p.preset; }
try() { oc-ingest --preset ./p.preset "$@" >out 2>err; s=$?; cat out; [ $s = 0 ] || { sed 's/"!oc: output cut$//' err; echo "status $s"; }; }
say() { printf '== %s\n' "$*"; }

say 'fields, separator ;, decimal comma; lines are those of the file'
printf 'kind quote\nfields K bid ask\nseparator ";"\ndecimal comma\ncolumn strike from K\ncolumn bid from bid\ncolumn ask from ask none 0\n' | of
printf '1.234,5;1,25;0,00\n-12;1.000.000;,5\n' >a.txt
try a.txt
printf '1.234,5;1,25;2\n1.23,4;1;2\n' >b.txt
try b.txt
printf '1;2,5;3\n1,000.5;2;3\n' >c.txt
try c.txt
say 'quoted cells, commas and quotes inside'
printf 'kind tick\nheader "t;n"\nseparator ";"\ncolumn ts from t time "%%Y-%%m-%%d %%H:%%M:%%S"\nzone UTC\ncolumn symbol from n\n' | of
printf '"t";n;z\n2024-01-02 10:00:00;"a;b";1\n2024-01-02 10:00:01;a,"b;2\n2024-01-02 10:00:02;"a ""x""";3\n' >a.txt
try a.txt
say 'blanks'
printf 'kind quote\nfields K cb ca\nseparator blanks\ncolumn strike from K\ncolumn bid from cb\ncolumn ask from ca\n' | of
printf '  100   1.5\t2\n 110 3 4  \r\n' | try
say 'a bar, a colon, tabs'
for s in '|' : tab; do
    c=$s; [ "$s" = tab ] && c=$'\t'
    printf 'kind quote\nheader K\nseparator "%s"\ncolumn strike from K\ncolumn bid from b\n' "$s" | of
    printf 'K%sb\n1%s2\n' "$c" "$c" | try
done
say 'comment, end'
printf 'kind quote\nheader K\ncomment "#" ";;"\nend !END\ncolumn strike from K\ncolumn bid from b\n' | of
printf '# x\nK,b\n1,2\n;;3\n4,five\n!END!\n' >a.txt
try a.txt
printf 'K,b\n1,2\n!END!\n\n' | try
printf 'K,b\n1,2\n' >cut.txt
try cut.txt
say 'header and fields: the names of the file are replaced; several headers; blanks around names'
printf 'kind quote\nheader "strike, b" "K,b"\nfields K x b\ncolumn strike from K\ncolumn bid from b\n' | of
printf 'note\n strike ,"b",c,d\n1,2,3\n' | try
printf 'K,b\n1,2,3\n' | try
printf 'a,b\n1,2,3\n' >a.txt
try a.txt
say 'file, option, --symbol, --set'
printf 'kind quote\nheader K\nfile "{symbol}-{expiry}-{spot}.csv" "{symbol}.csv"\ncolumn symbol file symbol\ncolumn spot file spot\ncolumn expiry file expiry date "%%d-%%b-%%Y"\ncolumn strike from K\ncolumn root option\n' | of
printf 'K\n100\n' >SP500-18-oct-2024-5781.88.csv
printf 'K\n100\n' >SPX.csv
try SP500-18-oct-2024-5781.88.csv --set root=SPXW
try SPX.csv --set root=SPXW
try SPX.csv --set root=SPXW --set spot=5000 --set expiry=1-Jan-2025 --symbol NDX
try SPX.csv --set spot=5000 --set expiry=1-Jan-2025
try SPX.csv --set roots=SPXW
try SPX.csv --set expiry=soon --set root=SPXW --set spot=1
try SPX.csv --set root
gzip -k SP500-18-oct-2024-5781.88.csv
try SP500-18-oct-2024-5781.88.csv.gz --set root=SPXW
say 'row when, needs, only: counted as excluded'
printf 'kind quote\nheader K\nrows 2\nonly kind Q X\nrow 1 needs cb\nrow 2 needs pb\ncolumn strike from K\ncolumn type row 1 text C\ncolumn type row 2 text P\ncolumn bid row 1 from cb none - 0\ncolumn bid row 2 from pb\n' | of
printf 'K,cb,pb,kind\n1,2,3,Q\n2,0.0,4,X\n3,5,,Q\n4,-,,Q\n5,1,1,Z\n6,bad,1,Q\n' >a.csv
try a.csv --stats s.json
grep -o '"rows_[a-z]*":[0-9]*' s.json | head -5 | tr '\n' ' '; echo
try a.csv -j2 --batch-rows 1 --on-error skip --rejects r.csv --stats s.json
grep -o '"rows_[a-z]*":[0-9]*' s.json | head -5 | tr '\n' ' '; cut -d, -f2-4 r.csv
printf 'kind tick\nheader s\nrows 2\nrow 1 when s B 1\nrow 2 when s S\ncolumn side row 1 text buy\ncolumn side row 2 text sell\ncolumn price from p\n' | of
printf 's,p\nB,1\nS,2\n1.0,3\nQ,4\n' | try
say 'rest, twice a name, no name; a name of ours'
printf 'kind quote\nheader K\nrest v_\ncolumn strike from K\n' | of
printf 'K,a,a,,iv\n1,2,3,4,5\n' >a.csv
try a.csv
printf 'kind quote\nheader K\nrest\ncolumn strike from K\n' | of
try a.csv
printf 'K,a\n1,2\n' >b.csv
try b.csv
try b.csv a.csv --keep strike
say 'like'
printf 'kind quote\nheader K\nword maj May\ncolumn strike from K\ncolumn bid from b times 0.01\ncolumn ask from a\n' | of
mv p.preset base.preset
printf 'like ./base.preset\nversion 2\nheader strike\ncolumn strike from strike\ncolumn ask text 7\n' >p.preset
printf 'strike,b\n1,2\n' | try
printf 'version 2\nlike ./base.preset\n' >p.preset
try a.csv
printf 'like ./p.preset\n' >p.preset
try a.csv
