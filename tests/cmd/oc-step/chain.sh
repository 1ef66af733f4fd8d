# a chain from oc-chain walks: step 0 is the chain that came in, to the byte; expiries roll off, or are listed anew
H=heston:v0=0.04,kappa=2,theta=0.04,xi=0.5,rho=-0.7
oc-chain --symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule daily:3,monthly:1 \
    --vol 20% --smile=-0.5,1 --strikes 50 --chain-size 2 --greeks delta,gamma --allow-arbitrage >in.csv
oc-step --model $H --step 1d --steps 4 --seed 42 --clock sessions --greeks delta,gamma in.csv >out.csv
head -n 3 out.csv
oc-cat --where 'step == 0' --drop run,path,step,labels out.csv >zero.csv
oc-cat --drop labels in.csv | cmp - zero.csv && echo "step 0 is the input"
echo "expiries of the input, until they expire:"
tail -n +2 out.csv | cut -d, -f3,4,7 | uniq -c
echo "strikes at the last step, where the spot went:"
oc-cat --where 'step == 3 && type == "C"' --keep strike,spot out.csv | tail -n 7
echo "listed anew:"
oc-step --model $H --step 1d --steps 4 --seed 42 --clock sessions --schedule daily:2 in.csv | tail -n +2 | cut -d, -f3,4,7 | uniq -c
# the same chain from options alone is the same walk
oc-step --symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule daily:3,monthly:1 \
    --vol 20% --smile=-0.5,1 --strikes 50 --chain-size 2 --allow-arbitrage \
    --model $H --step 1d --steps 4 --seed 42 --clock sessions --factors | cut -d, -f3- >a
oc-step --model $H --step 1d --steps 4 --seed 42 --clock sessions --factors in.csv | cut -d, -f3- | diff - a && cat a
echo "when all that was listed is over, a step has no rows:"
oc-step --model $H --step 7d --steps 7 in.csv | tail -n +2 | cut -d, -f3,4 | uniq -c
