# Copying: untouched cells stay byte for byte; by way of Arrow, JSON lines and TSV values stay equal.
printf 'quote_datetime,underlying_symbol,expiration,option_type,strike,bid,ask,"my, note",flag\r\n' >a.csv
printf '2026-01-05T15:00:00.5Z,SPX,2026-06-19,call,5000,"1.50",+2,"say ""hi""",x\r\n' >>a.csv
printf '2026-01-05 10:00:00-05:00,SPX,2026-06-19,PE,5000,,2.25e0,,\r\n' >>a.csv
oc-cat a.csv >b.csv
diff <(tail -n +2 a.csv) <(tail -n +2 b.csv) && echo 'cells and line ends as they came'
head -n 1 b.csv | tr -d '\r'
oc-cat a.csv -O arrow | oc-cat -O csv
oc-cat a.csv -O arrow | oc-cat -O csv | oc-cat -O arrow | oc-cat -O csv | cmp - <(oc-cat a.csv -O arrow | oc-cat -O csv) &&
    echo 'what we printed stays'
for f in tsv jsonl arrow; do
    oc-cat a.csv -O $f | oc-cat diff a.csv - && echo "$f: equal"
done
oc-cat a.csv -o a.jsonl && cat a.jsonl
oc-cat a.csv -o a.arrow && oc-cat a.arrow -O tsv
