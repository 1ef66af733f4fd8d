# what the walk comes to on average is the forward that the chain of step 0 has, whatever the model, dividends included;
# with the seed given the figure is always the same, 4 standard errors are missed by 1 of 16,000 seeds
printf 'symbol,ex_date,amount,dividend_type\nXYZ,2026-12-02,1.5,cash\nXYZ,2027-01-20,1.5,cash\n' >div.csv
C="--symbol XYZ --ts 2026-11-20T21:00Z --spot 100 --rate 5% --schedule 2026-12-18 --vol 20% --strikes 10 --chain-size 0 --forward"
average() { # WHAT OPTIONS... : the mean of the last step against the forward
    local what=$1 forward
    shift
    forward=$(oc-step $C "$@" --steps 1 --step 1d --seed 1 --keep forward | tail -n 1)
    # 28 days of 24 hours to the expiry at the close
    oc-step $C "$@" --factors --step 7d --steps 5 --from-step 4 --paths 20000 --seed 1 --keep spot |
        awk -v f="$forward" -v what="$what" 'NR > 1 { n++; s += $1; q += $1 * $1 }
            END { m = s / n; e = sqrt((q / n - m * m) / n); d = (m - f) / e; if (d < 0) d = -d
                  print what ", forward " sprintf("%.6g", f) ": " (d < 4 && e < 0.2 ? "within 4 standard errors" : m " off by " d " of " e) }'
}
average "heston" --dividend-yield 2% --model heston:v0=0.04,kappa=2,theta=0.04,xi=0.5,rho=-0.7
average "geometric_brownian" --dividend-yield 2% --model geometric_brownian:volatility=0.25
average "merton" --dividend-yield 2% --model merton:volatility=0.2,intensity=3,jump_mean=-0.05,jump_volatility=0.1
average "kou" --dividend-yield 2% --model kou:volatility=0.2,intensity=3,p_up=0.4,eta_up=15,eta_down=10
average "bates" --dividend-yield 2% --model bates:v0=0.04,kappa=2,theta=0.04,xi=0.5,rho=-0.7,intensity=1,jump_mean=-0.1,jump_volatility=0.1
average "with dividends" --dividend-yield 2% --model geometric_brownian:volatility=0.25 --dividends div.csv
# and what an option pays on average, discounted, is its price by the model (--stick model)
for model in heston:v0=0.04,kappa=2,theta=0.04,xi=0.5,rho=-0.7 merton:volatility=0.2,intensity=3,jump_mean=-0.05,jump_volatility=0.1 \
    kou:volatility=0.2,intensity=3,p_up=0.4,eta_up=15,eta_down=10; do
    D="--symbol XYZ --ts 2026-11-20T21:00Z --spot 100 --rate 5% --dividend-yield 2% --schedule 2026-12-18 --strikes 5 --chain-size 2 --model $model"
    oc-step $D --stick model --step 1d --steps 1 --keep type,strike,price >prices
    oc-step $D --factors --step 1d --steps 29 --from-step 28 --paths 20000 --seed 2 --keep spot |
        awk -F, -v model="${model%%:*}" 'NR == FNR { if (FNR > 1) { n++; side[n] = $1 == "C" ? 1 : -1; k[n] = $2; p[n] = $3 } next }
            FNR > 1 { m++; for (i = 1; i <= n; i++) { x = side[i] * ($1 - k[i]); x = x > 0 ? x * exp(-0.05 * 28 / 365) : 0; s[i] += x; q[i] += x * x } }
            END { for (i = 1; i <= n; i++) { a = s[i] / m; e = sqrt((q[i] / m - a * a) / m); d = (a - p[i]) / e; if (d * d > 16) bad++ }
                  print model ": " n " prices, " bad + 0 " of them 4 standard errors off" }' prices -
done
