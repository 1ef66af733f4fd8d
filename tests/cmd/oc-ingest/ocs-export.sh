# What oc-chain writes in the simulator's layout comes back as the quotes that it writes in ours
chain="oc-chain --symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule weekly:2 --vol 20%
    --chain-size 3 --strikes 50 --calendar XCBO"
keep=ts,symbol,type,strike,bid,ask,mid
$chain --dialect ocs | oc-ingest --preset ocs-export -k $keep | tr -d '\r' | sort >theirs
$chain -k $keep | sort >ours
wc -l <ours
diff ours theirs && echo same
# days first, semicolons, no header
printf '02/01/2024;09:00:00;70.1;70.5;70;70.2;123\n31/12/2023;23:59:00;70.2;70.2;70.2;70.2;0\n' >CL.csv
oc-ingest --preset ohlcv-semicolon --tz America/New_York --set interval=1m CL.csv
