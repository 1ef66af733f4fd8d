# Kalshi's history: 100 markets in the document, 1,965 points, their first and last instant, yes prices of 0 to 15 cents, in order
# within each market, never crossed.
f=$SHARED/data/kalshi/market_history.json.zst
[ -e "$f" ] || { echo "skip kalshi: no sample data"; exit 0; }
zstd -dcq "$f" | grep -c '^        "'
oc-ingest --preset kalshi-history "$f" >a.csv
head -n 1 a.csv
awk -F, 'NR > 1 { n++; if ($2 == sym && $1 < last) back++; sym = $2; last = $1; if (min == "" || $1 < min) min = $1; if ($1 > max) max = $1
    if ($6 < lo) lo = $6; if ($6 > hi) hi = $6; if ($5 != "" && $4 > $5) crossed++ }
    END { print n " points " min " to " max ", last price " lo + 0 " to " hi ", " back + 0 " out of order, " crossed + 0 " crossed" }' a.csv
date -u -d @1720792802 +%FT%TZ
date -u -d @1720908087 +%FT%TZ
