# one chain in any encoding, cut in any blocks, in any order of its rows, is one walk
M="--model heston:v0=0.04,kappa=2,theta=0.04,xi=0.5,rho=-0.7 --step 1d --steps 5 --seed 9"
oc-chain --symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule weekly:2 --vol 20% \
    --strikes 25 --chain-size 8 -O arrow -o in.arrows
oc-cat in.arrows -O csv >in.csv
oc-step $M in.csv >want
tail -n 1 want
{
    oc-step $M in.arrows -O csv | cmp - want && echo arrow
    oc-step $M --batch-rows 7 -j2 in.csv | cmp - want && echo blocks
    oc-cat in.csv -O jsonl | oc-step -I jsonl $M -O csv | cmp - want && echo jsonl
    zstd -q -c in.csv | oc-step $M | cmp - want && echo zstd
    { head -n 1 in.csv; tail -n +2 in.csv | sort -t, -k13; } | oc-step $M | cmp - want && echo sorted otherwise
    oc-step $M in.arrows | oc-cat -O csv | cmp - want && echo Arrow out of Arrow
}
