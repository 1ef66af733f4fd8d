# a request of OptionChain-Simulator is chain and walk: its steps, seed, interval and dt; options stand above it
cat >v2.json <<'JSON'
{ "symbol": "AAPL", "steps": 3, "initial_price": 185.5, "volatility": 0.25, "risk_free_rate": 0.04, "dividend_yield": 0.005,
  "method": { "GeometricBrownian": { "dt": 0.004, "drift": 0.05, "volatility": 0.25 } }, "seed": 42, "chain_size": 1,
  "strike_interval": 2.5, "skew_slope": -0.3, "smile_curve": 0.2, "spread": 0.02, "start_at": "2026-12-21T15:00:00Z",
  "step_interval_seconds": 3600, "timezone": "America/New_York", "expiration_time": "16:00:00",
  "schedules": [ { "rule_id": "w", "kind": "weekly", "weekdays": ["wednesday"], "target_count": 1 } ] }
JSON
oc-step --spec v2.json --keep step,ts,symbol,type,strike,spot,iv,bid,ask,labels
echo "## the factor tape, of it and of options that say the same"
oc-step --spec v2.json --factors >a
cat a
oc-step --symbol AAPL --spot 185.5 --rate 4% --dividend-yield 0.5% --model geometric_brownian:volatility=0.25,drift=0.05 --dt 0.004 \
    --step 1h --steps 3 --seed 42 --start 2026-12-21T15:00:00Z --factors | cut -d, -f2- >b
cut -d, -f2- a | diff - b && echo same
echo "## without an interval a step is one time frame, and the walk moves by dt; one of no fixed length needs --step"
for frame in '"Second"' '"Minute"' '"Hour"' '"Day"' '"Week"' '"Month"' '{"Custom": 100}' '"Millisecond"'; do
    cat >v1.json <<JSON
{ "symbol": "XYZ", "steps": 2, "initial_price": 100, "days_to_expiration": 30, "volatility": 0.2, "risk_free_rate": 0.04,
  "dividend_yield": 0, "time_frame": $frame, "seed": 42,
  "method": { "GeometricBrownian": { "dt": 0.004, "drift": 0.05, "volatility": 0.25 } } }
JSON
    oc-step --ts 2026-12-21T15:00Z --spec v1.json --factors --from-step 1 --keep ts,spot
done 2>&1
oc-step --ts 2026-12-21T15:00Z --spec v1.json --step 20d --factors --from-step 1 --keep ts,spot
echo "## dt beside a time frame that is another: told, unless an option says it"
sed -i 's/"time_frame": [^,]*/"time_frame": "Minute"/' v1.json
for more in "" "--step 1m"; do
    oc-step --ts 2026-12-21T15:00Z --spec v1.json $more --factors --from-step 1 --keep ts,spot 2>&1
done
sed 's/"dt": 0.004, //' v1.json >v.json
oc-step --ts 2026-12-21T15:00Z --spec v.json --factors --from-step 1 --keep ts,spot 2>&1
echo "## options stand above the request"
oc-step --spec v2.json --factors --seed 43 --step 1d --steps 2
oc-step --spec v2.json --factors --model heston:v0=0.04,kappa=2,theta=0.04,xi=0.5,rho=-0.7 | tail -n 1 | cut -d, -f3-
