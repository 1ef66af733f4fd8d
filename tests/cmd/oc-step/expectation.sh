# A walk that cannot but go where it is expected to: its spot at each expiry is the forward that the first chain has for it,
# and the forward of an expiry is the same at every step, under a curve, a dividend yield and cash dividends at once.
# 1e-11 is the rounding of the spot, 1e-16, over 300 steps, hundredfold; what is left of the volatilities is below.
printf 'curve,tenor,zero_rate\nX,7D,0.01\nX,1M,0.03\nX,3M,0.06\nX,1Y,0.04\nX,3Y,0.05\n' >curve.csv
printf 'symbol,ex_date,amount,dividend_type\nXYZ,2026-12-02,1.5,cash\nXYZ,2027-01-20,1.5,cash\nXYZ,2027-09-20,4,cash\n' >div.csv
C="--symbol XYZ --ts 2026-11-20T21:00Z --spot 100 --schedule 2026-12-18,2027-06-18@16:00,2028-01-21 --vol 20% --strikes 10 --chain-size 0"
agree() { # MODEL OPTIONS... : the greatest difference of what must be one
    local model=$1
    shift
    oc-chain $C "$@" --forward --keep expires_at,forward --where 'type == "C"' >first.csv
    oc-step $C "$@" --model $model --factors --step 1d --steps 430 --keep ts,spot >tape.csv
    awk -F, 'FNR == 1 { file++; next } file == 1 { f[$1] = $2 } file == 2 && $1 in f { n++; d = $2 / f[$1] - 1; if (d * d > 1e-22) bad++ }
        END { printf "%d spots at expiries, %d off; ", n, bad + 0 }' first.csv tape.csv
    oc-step $C "$@" --model $model --forward --step 1d --steps 430 --keep step,expires_at,forward --where 'type == "C"' >all.csv
    awk -F, 'FNR == 1 { file++; next } file == 1 { f[$1] = $2 } file == 2 { n++; d = $3 / f[$2] - 1; if (d * d > 1e-22) bad++ }
        END { printf "%d forwards, %d off\n", n, bad + 0 }' first.csv all.csv
}
for model in gbm:volatility=1e-14 sabr:alpha=1e-14,beta=1,nu=0,rho=0 sabr:alpha=1e-14,beta=0.5,nu=0.1,rho=0 \
    telegraph:volatility=1e-14,lambda_up=1,lambda_down=1 custom:volatility=1e-14,vov=0,vol_speed=1,vol_mean=1e-14; do
    echo "## $model"
    agree $model --rate 4% --dividend-yield 0
    agree $model --rate 4% --dividend-yield 3% --dividends div.csv
    agree $model --curve curve.csv --dividend-yield 3%
    agree $model --curve curve.csv --dividend-yield 3% --dividends div.csv
done
echo "## a drift of the model's own, or none, heeds no curve"
W="--symbol XYZ --ts 2026-11-20T21:00Z --spot 100 --curve curve.csv --dividend-yield 3% --factors --step 1d --steps 400 --keep spot"
oc-step $W --model gbm:volatility=0,drift=0 | sort -u
oc-step $W --model log_returns:volatility=0,expected_return=0 | sort -u
echo "## the factor tape has the forward rates, of a day"
oc-step $W --model gbm:volatility=0 --keep step,rate --float sig:10 --to-step 9
