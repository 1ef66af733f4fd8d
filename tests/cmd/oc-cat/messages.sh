# What is told beside the records: -v and -vv, counts in files, their forms.  Times and memory differ from run to run.
printf 'type,strike,years,iv\nC,100,1,0.2\nP,100,1,0.2\n' >a.csv
printf 'type,strike,years,iv\nC,90,1,0.2\nP,90,1,x\n' >b.csv
oc-cat -v a.csv b.csv -w 'type == C' >/dev/null
oc-cat -vv a.csv --keep strike >/dev/null
oc-cat -v -q --log-format json a.csv >/dev/null
oc-price -v --log-format json --rate 0 --forward 100 b.csv --on-error na --errors json >/dev/null
oc-cat -q a.csv >/dev/null
oc-cat a.csv b.csv --stats s.json --metrics m.txt >/dev/null; cat a.csv b.csv | wc -c
sed 's/"seconds".*"block_seconds_p50"/.../; s/\.\.\..*/.../' s.json
grep -v -e '#' -e seconds -e memory m.txt
awk -F '[:,]' '{ for (i = 1; i < NF; i++) if ($i ~ /seconds|memory/ && !($(i + 1) > 0)) print $i, $(i + 1) }' s.json
oc-cat a.csv --stats /dev/full >/dev/null; echo "status $?"
oc-cat b.csv --progress always 2>&1 >/dev/null | wc -l      # not before 2 s
# rejected rows by the column at fault; `record` where its cells cannot be told apart
printf 'type,strike,years,iv\nC,90,1,0.2\nP,90,1,x\nP,90\nP,90,1,y\nP,z,1,0.2\n' >bad.csv
for j in -j1 '-j2 --batch-rows 1'; do
    oc-price --rate 0 --forward 100 bad.csv --on-error skip --rejects r.csv --stats s.json --metrics m.txt -q $j >/dev/null
    grep -o '"rows_rejected":.*,"rows_ex\|"rejected_by.*' s.json
    grep rejected m.txt | grep -v '#'
done
