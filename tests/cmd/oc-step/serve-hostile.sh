# Hostile lines get an error object each, and the service lives on.
oc-chain --symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule weekly:1 --vol 20% --chain-size 0 --strikes 50 >chain.csv
text=$(awk '{ printf "%s\\n", $0 }' chain.csv)
walk='"step":"1d","steps":"3"'
create() { echo "{\"op\":\"create\",\"session\":\"a\",\"options\":{$1},\"chain\":\"$text\"${2:-}}"; }
{
    head -c 3000000 /dev/zero | tr '\0' '['; echo
    head -c 20000 /dev/zero | tr '\0' '['; echo
    for i in $(seq 70); do printf '{"a":'; done; echo
    printf '{"op":"list","x":"%s"}\n' "$(head -c 1100000 /dev/zero | tr '\0' x)"
    printf '\0\0\n{"op":"l\0ist"}\n\xff\xfe\n{"op":"list","\xc3":1}\n{"op":"\xed\xa0\x80"}\n'
    printf '{"op":"list","x":"\\u0000"}\n{"op":"list","op":"list"}\n{"op":"list"} {"op":"list"}\n"list"\n[]\n1e999\n{"op":1e999}\n'
    printf '{}\n{"op":null}\n{"op":["list"]}\n{"op":"drop"}\n{"op":"next"}\n{"op":"next","session":7}\n{"op":"next","session":""}\n'
    printf '{"op":"next","session":"../a"}\n{"op":"next","session":"a","n":-1}\n{"op":"next","session":"a","n":1.5}\n'
    printf '{"op":"next","session":"a","n":99999999999999999999}\n{"op":"next","session":"a","n":10001}\n{"op":"next","session":"a","q":1}\n'
    printf '{"op":"set","session":"a"}\n{"op":"set","session":"a","set":[]}\n{"op":"fork","session":"a","as":"b","shock":{"vol":1}}\n'
    printf '{"op":"create","session":"a"}\n{"op":"create","session":"a","options":[]}\n{"op":"create","session":"a","options":{},"files":7}\n'
    printf '{"op":"create","session":"a","options":{},"chain":7}\n{"op":"create","session":"a","options":{},"chain":{"base64":"A"}}\n'
    printf '{"op":"create","session":"a","options":{},"ttl":7}\n{"op":"create","session":"a","options":{},"files":{"-":"x"}}\n'
    create '"steps":7'
    create '"model":"heston"'
    create '"model":[7]'
    create '"output":"/tmp/x"'
    create '"serve":"sqlite:x"'
    create '" ":["x"]'
    create '"keep":"strike"'
    create "\"params\":\"/etc/hostname\",$walk"
    create "\"model\":[\"historical:file=/etc/hostname\"],$walk"
    create "\"model\":[\"geometric_brownian:volatility=0.2\"],\"surface\":\"/etc/hostname\",$walk"
    create "\"model\":[\"geometric_brownian:volatility=0.2\"],\"calendar\":\"../../etc/hostname\",$walk"
    create "\"params\":\"p\",$walk" ',"files":{"p":"no,param\nrecord,s\n"}'
    create "\"params\":\"p\",$walk" ',"files":{"p":{"base64":"/////w=="}}'
    create "\"model\":[\"geometric_brownian:volatility=0.2\"],\"step\":\"1d\",\"steps\":\"99999999999999999999\""
    echo '{"id":"alive","op":"list"}'
} >requests
oc-step --serve sqlite:s.db <requests >answers
echo "status $?, $(wc -l <requests) lines, $(wc -l <answers) answers"
cat answers
echo "--- an input that ends in the middle, an output that is full, a store that goes away"
printf '{"op":"li' | oc-step --serve sqlite:s.db
echo '{"op":"list"}' | oc-step --serve sqlite:s.db >/dev/full
echo "status $?"
{ create "\"model\":[\"geometric_brownian:volatility=0.2\"],$walk"; echo x; } | oc-step --serve sqlite:s.db | cut -c 1-40
oc-step --serve sqlite:nosuch/s.db </dev/null
echo "status $?"
