# Requests of OptionChain-Simulator, and the layout of its export: CR LF, shortest numbers, labels by |.
cat >v2.json <<'JSON'
{ "symbol": "AAPL", "steps": 20, "initial_price": 185.5, "volatility": 0.25, "risk_free_rate": 0.04, "dividend_yield": 0.005,
  "method": { "GeometricBrownian": { "dt": 0.004, "drift": 0.05, "volatility": 0.25 } }, "seed": 42, "chain_size": 2,
  "strike_interval": 2.5, "skew_slope": -0.3, "smile_curve": 0.2, "spread": 0.02, "start_at": "2026-12-21T15:00:00Z",
  "step_interval_seconds": 3600, "timezone": "America/New_York", "expiration_time": "16:00:00",
  "schedules": [ { "rule_id": "w", "kind": "weekly", "weekdays": ["friday"], "target_count": 2 },
                 { "rule_id": "m", "kind": "monthly", "weekday": "friday", "target_count": 1 } ] }
JSON
oc-chain --spec v2.json --dialect ocs >export.csv
echo "status $?"
cat -A export.csv | head -n 7
# Christmas is an expiry to the simulator, whose calendar knows weekends only; as records it stays so
oc-chain --spec v2.json --keep expiry,expires_at,labels | uniq
# options stand above the request
oc-chain --spec v2.json --spot 200 --strikes 10 --chain-size 1 --keep spot,strike,labels | uniq
oc-chain --spec v2.json --ts 2026-12-28T15:00:00Z --schedule monthly:1 --keep ts,expiry,labels | uniq
cat >v1.json <<'JSON'
{ "symbol": "CL", "steps": 30, "initial_price": 1007.5, "days_to_expiration": 30.0, "volatility": 0.2, "risk_free_rate": 0.0,
  "dividend_yield": 0.0, "method": { "Brownian": { "dt": 0.004, "drift": 0.0, "volatility": 0.2 } }, "time_frame": "Day" }
JSON
oc-chain --spec v1.json --ts 2026-11-20T21:00Z --keep expires_at,strike,iv,bid,ask --where 'type == "C" && strike > 900 && strike < 1100'
oc-chain --spec v1.json --ts 2026-11-20T21:00Z | wc -l
# v1 says no instant: --ts has to
oc-chain --spec v1.json
oc-chain --spec v1.json --ts 2026-11-20T21:00:30Z
sed 's/"dividend_yield": 0.005,//' v2.json >no.json
oc-chain --spec no.json
echo '{ "symbol": ' >bad.json
oc-chain --spec bad.json
