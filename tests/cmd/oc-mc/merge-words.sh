# A merge reads what its shards were made from: rules that ship or a file of that name, a given input format, prices of a model.
cp "$TOP/testdata/trades.csv" log.csv
same() { cmp "$1" "$2" && echo "same: $3"; }
args='--block 10 --paths 5000 --rules'
oc-mc trades $args funded -o shipped.csv -O csv log.csv
oc-mc trades $args funded -o shipped.arrows -O arrow log.csv
printf 'profit_target = 1%%\nmax_drawdown = 2%%\n' >funded          # not meant: a path has a / or a .
oc-mc trades $args funded --shard 1/1 -o s.arrows log.csv
oc-mc trades $args funded -o beside.arrows -O arrow log.csv
same shipped.arrows beside.arrows "rules that ship, with a file of that name beside"
oc-mc merge s.arrows -o merged.csv && same shipped.csv merged.csv "in a shard"
rm funded && oc-mc merge s.arrows -o merged.csv && same shipped.csv merged.csv "and when the file is gone"
printf 'profit_target = 1%%\nmax_drawdown = 2%%\n' >own.rules
oc-mc trades $args own.rules -o own.csv log.csv
oc-mc trades $args own.rules --shard 1/1 -o own.arrows log.csv
rm own.rules && oc-mc merge own.arrows -o merged.csv && same own.csv merged.csv "rules of a file that is gone"

echo "-- an input that is not recognised without being told"
{ printf 'a note, of some, words, with, commas\tpnl_net\tbalance\tts\n'
  awk -F, 'NR > 1 { printf "x\t%d\t%d\t2026-01-%02dT00:00:00Z\n", NR % 7 - 2, 1000 + NR, NR % 28 + 1 }' log.csv; } >odd.txt
oc-mc trades --block 10 --paths 5000 odd.txt >out 2>err || echo "not recognised: $(cut -c 1-40 err)"
oc-mc trades --block 10 --paths 5000 -I tsv odd.txt -o odd.csv && wc -l <odd.csv
oc-mc trades --block 10 --paths 5000 -I tsv --shard 1/1 odd.txt -o odd.arrows
oc-mc merge odd.arrows -o merged.csv && same odd.csv merged.csv "with --input-format"
oc-mc merge -I tsv odd.arrows
echo "status $?"

echo "-- prices of a model, with a symbol and with an @ in the path"
mkdir a@b && printf 'price\n100\n101\n99\n102\n103\n101\n' >a@b/prices.csv
args='paths --spot 100 --rate 2% --dividend-yield 0 --steps 5 --dt 1d --paths 40 --model'
oc-mc $args historical:file=a@b/prices.csv,timeframe=day@X -o p.csv && oc-mc $args historical:file=a@b/prices.csv,timeframe=day@X --shard 1/1 -o p.arrows
oc-mc merge p.arrows -o merged.csv && same p.csv merged.csv prices
echo 99 >>a@b/prices.csv
oc-mc merge p.arrows
echo "status $?"
printf 'model,name,text\nhistorical,file,a@b/prices.csv\nhistorical,timeframe,day\n' >p.params
oc-mc paths --spot 100 --rate 2% --dividend-yield 0 --steps 5 --dt 1d --paths 40 --params p.params
echo "status $?"
