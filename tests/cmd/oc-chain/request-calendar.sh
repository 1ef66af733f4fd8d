# the calendar that a request names: weekdays_v1 in its time zone, also for --schedule beside it; --calendar stands above both
request() {
    cat <<JSON
{ "symbol": "AAPL", "initial_price": 185.5, "volatility": 0.25, "risk_free_rate": 0.04, "dividend_yield": 0.005, "chain_size": 0,
  "strike_interval": 2.5, "start_at": "2026-12-21T15:00:00Z", "timezone": "$2", "calendar": "$1", "expiration_time": "17:00:00",
  "steps": 2, "step_interval_seconds": 86400, "seed": 1, "method": { "GeometricBrownian": { "dt": 0.004, "drift": 0, "volatility": 0.25 } },
  "schedules": [ { "rule_id": "w", "kind": "weekly", "weekdays": ["friday"], "target_count": 1 } ] }
JSON
}
K="--keep expiry,expires_at,settle"
request weekdays_v1 Asia/Tokyo >tokyo.json
request weekdays_v1 America/New_York >ny.json
request XNYS America/New_York >xnys.json
request weekdays_v2 America/New_York >v2.json
for f in tokyo ny xnys v2; do echo "## $f"; oc-chain --spec $f.json $K 2>&1 | uniq; done
# Christmas, a Friday, is a day of it as of the request's own rules; half past five only where it is asked for
echo "## --schedule"
for f in tokyo ny xnys; do oc-chain --spec $f.json --schedule weekly:1,2026-12-24@17:30 $K 2>&1 | uniq; done
oc-chain --spec ny.json --schedule weekly:1 --settle 12:00 $K | uniq
echo "## --schedule and --calendar"
for f in ny xnys; do oc-chain --spec $f.json --schedule weekly:1 --calendar XNYS $K | uniq; done
echo "## walks of two zones are two runs, though they walk alike"
for f in tokyo ny; do oc-step --spec $f.json --keep run,step,spot,expires_at | uniq | tee -a runs | cut -d, -f2- | tail -n 1; done
cut -d, -f1 runs | sort -u | wc -l
