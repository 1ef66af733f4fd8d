# a terminal on stdin: a chain that is made from options needs no input, one that is read does
if ! script -qec true /dev/null >/dev/null 2>&1; then
    echo "skip cmd/oc-step/terminal: no script(1)"
    exit 0
fi
S='--symbol XYZ --ts 2026-11-20T21:00Z --spot 100 --rate 0% --dividend-yield 0%'
M='--model geometric_brownian:volatility=0.2 --step 1d --steps 1'
for p in "oc-step $S $M --factors --keep step,spot" "oc-step $M" "oc-chain $S --schedule monthly --vol 20% --strikes 5 --chain-size 0 --keep type,strike"; do
    script -qec "$p; echo status \$?" /dev/null </dev/null | tr -d '\r' | sed 's/\^D//; s/\x08//g'
done
