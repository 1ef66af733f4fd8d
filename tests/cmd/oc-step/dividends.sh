# cash dividends: the spot falls by the amount at the opening of the ex-date, and the forward is what it was
printf 'symbol,ex_date,amount,dividend_type\nXYZ,2026-12-02,2.5,cash\n' >div.csv
W="--symbol XYZ --ts 2026-11-30T21:00Z --spot 100 --rate 0% --dividend-yield 0% --schedule 2026-12-18 --vol 20% --strikes 5 --chain-size 1
   --model geometric_brownian:volatility=1e-12 --step 12h --steps 5"
oc-step $W --dividends div.csv --factors --float sig:6 | cut -d, -f3,4,6
oc-step $W --dividends div.csv --float sig:9 | oc-cat --where 'type == "C"' --keep step,strike,spot,forward,price
oc-step $W --dividends div.csv --spot 2 --steps 1
