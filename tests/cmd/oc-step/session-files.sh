# Files of a session: an input whose format is told, prices of a model with a symbol, words that are called like files.
oc-chain --symbol X --ts 2026-11-20T21:00Z --spot 100 --rate 0 --dividend-yield 0 --schedule 2026-12-18 --vol 20% --chain-size 1 --strikes 5 >chain.csv
S=sqlite:s.db
same() { cmp "$1" "$2" && echo "same: $3"; }
walk='--model gbm:volatility=0.2 --step 1d --steps 3'
echo "--- --input-format is kept"
{ printf 'note%s\t' "$(printf ',x%.0s' {1..60})"; sed -n 1p chain.csv | tr , '\t'; sed -n '2,$s/^/x,/p' chain.csv | tr , '\t'; } >odd.txt
oc-step $walk odd.txt >out.csv 2>err || echo "not recognised"
oc-step $walk -I tsv odd.txt >filter.csv && wc -l <filter.csv
oc-step new $S#told $walk -I tsv odd.txt --keep session && rm odd.txt
oc-step next -n 3 $S#told >session.csv; same filter.csv session.csv "a chain in TSV that does not look so"
oc-step next -I tsv $S#told
echo "status $?"
echo "--- prices of a model, its symbol behind them"
printf 'price\n100\n101\n99\n102\n' >prices.csv
tape='--factors --symbol X --ts 2026-11-20T21:00Z --spot 100 --rate 0 --dividend-yield 0 --step 1d --steps 3'
n=0
for model in historical:timeframe=day,file=prices.csv@X historical:file=prices.csv,timeframe=day@X; do
    oc-step $tape --model $model >filter.csv
    n=$((n + 1))
    oc-step new $S#$n $tape --model $model --keep session | tail -n 1
    mv prices.csv gone.csv; oc-step next -n 3 $S#$n >session.csv; mv gone.csv prices.csv
    same filter.csv session.csv "$model"
done
echo "--- --surface flat is a model, whatever lies here; ./flat is a file"
echo 'no,surface' >flat
oc-step $walk --surface flat:volatility=0.3 chain.csv >filter.csv
oc-step new $S#flat $walk --surface flat:volatility=0.3 chain.csv --keep session | tail -n 1
oc-step next -n 3 $S#flat >session.csv; same filter.csv session.csv flat
oc-step new $S#nosuch $walk --surface nosuch.csv chain.csv
echo "status $?"
echo "--- a service looks at no file: what is there and what is not get the same answer; a store is not named"
text=$(awk '{ printf "%s\\n", $0 }' chain.csv)
create() { echo "{\"op\":\"create\",\"session\":\"a\",\"options\":{\"step\":\"1d\",\"steps\":\"3\",$1},\"chain\":\"$text\"${2:-}}"; }
{
    for f in prices.csv nosuch.csv; do
        create "\"model\":\"gbm:volatility=0.2\",\"surface\":\"$f\""
        create "\"model\":\"historical:timeframe=day,file=$f@X\""
        create '"params":"p"' ",\"files\":{\"p\":\"model,name,text\\nhistorical,file,$f\\nhistorical,timeframe,day\\n\"}"
    done
    create '"model":"gbm:volatility=0.2"' ',"files":{"1d":"x","3":"y"}'
    echo '{"op":"show","session":"nosuch"}'
    echo '{"op":"create","session":"flat","options":{"step":"1d","steps":"3","model":"gbm:volatility=0.2"},"chain":"'"$text"'"}'
} | oc-step --serve $S | sed 's/"session":{.*/"session":.../'
