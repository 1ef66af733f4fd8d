# Every request of --serve and its answer; ids come back; what a session serves is what the command serves.
chain='--symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule weekly:1 --vol 20% --chain-size 0 --strikes 50'
oc-chain $chain >chain.csv
text=$(awk '{ printf "%s\\n", $0 }' chain.csv)
base64=$(base64 -w0 chain.csv)
options='"options":{"model":["geometric_brownian:volatility=0.2"],"step":"1d","steps":"3","seed":"42"}'
cat >requests <<REQUESTS
{"id":1,"op":"create","session":"a",$options,"chain":"$text","ttl":"1h"}
{"id":"two","op":"create","session":"b",$options,"chain":{"base64":"$base64"}}
{"id":null,"op":"peek","session":"a"}
{"id":[3],"op":"next","session":"a"}
{"id":{"n":4},"op":"next","session":"a","n":2,"expect_step":1}
{"op":"next","session":"a","expect_step":2}
{"op":"next","session":"a"}
{"op":"next","session":"a","expect_step":0}
{"op":"export","session":"a"}

{"op":"set","session":"b","set":{"seed":null,"spread":"0.5","sizes":true}}
{"op":"set","session":"a","set":{"steps":"4"}}
{"op":"fork","session":"a","as":"c","at":1,"shock":{"vol":"+10%"}}
{"op":"show","session":"c"}
{"op":"reset","session":"a"}
{"op":"list"}
{"op":"delete","session":"c"}
{"op":"delete","session":"c"}
{"op":"create","session":"a",$options,"chain":"$text"}
REQUESTS
printf '{"id":"last","op":"show","session":"b"}' >>requests
oc-step --serve sqlite:s.db <requests >answers
echo "status $?, $(wc -l <requests) lines, $(wc -l <answers) answers"
sed 's/"records":\[.*\]/"records":[...]/' answers
echo "--- the command goes on where the service stopped, and has the same records"
oc-step next sqlite:s.db#b -O jsonl >b
oc-step new sqlite:s.db#d --model geometric_brownian:volatility=0.2 --step 1d --steps 3 --seed 42 --keep session <chain.csv
oc-step next -n 3 sqlite:s.db#d -O jsonl >all
sed -n 9p answers | sed 's/.*"records":\[//; s/\]}$//; s/},{/}\n{/g' | cmp - all && echo "same records"
echo "--- numbers as numbers, one model as one text: the same session as with texts and lists, by its id of the run"
texts='"model":["geometric_brownian:volatility=0.2"],"step":"1d","steps":"3","seed":"42","rate":"0.04","chain-size":"2"'
plain='"model":"geometric_brownian:volatility=0.2","step":"1d","steps":3.0,"seed":42,"rate":0.04,"chain-size":2'
of_chain='"symbol":"X","spot":100,"vol":2e-1,"dividend-yield":0,"strikes":2.5,"schedule":"weekly:1"'
as_texts='"symbol":"X","spot":"100","vol":"0.2","dividend-yield":"0","strikes":"2.5","schedule":"weekly:1"'
cat >requests <<REQUESTS
{"op":"create","session":"t","options":{$texts,$as_texts,"start":"2026-11-20T21:00Z"}}
{"op":"create","session":"n","options":{$plain,$of_chain,"start":"2026-11-20T21:00Z"}}
{"op":"next","session":"t","n":2}
{"op":"next","session":"n","n":2}
{"op":"set","session":"t","set":{"rate":"0.05"}}
{"op":"set","session":"n","set":{"rate":0.05}}
{"op":"next","session":"t"}
{"op":"next","session":"n"}
{"op":"set","session":"n","set":{"sizes":1}}
{"op":"set","session":"n","set":{"model":3}}
{"op":"set","session":"n","set":{"model":["a",3]}}
{"op":"set","session":"n","set":{"curve":3}}
{"op":"set","session":"n","set":{"rate":[0.05]}}
{"op":"set","session":"n","set":{"clock":5}}
REQUESTS
oc-step --serve sqlite:n.db <requests >answers
for k in 1 3 5 7; do
    cmp <(sed -n ${k}p answers | sed 's/"session":"t"/"session":"n"/; s/"version":[0-9]*//; s/"written_at":"[^"]*"//; s/"created_at":"[^"]*"//') \
        <(sed -n $((k + 1))p answers | sed 's/"version":[0-9]*//; s/"written_at":"[^"]*"//; s/"created_at":"[^"]*"//') && echo same
done
head -n 8 answers | grep -c '^{"ok":true'
tail -n 6 answers
