# Real files to records and back, for shipped presets that say so: the same bytes.
DIR=$SHARED/data
[ -d "$DIR" ] || { echo "skip back-real: no $DIR"; exit 0; }
round() { # PRESET FILE OPTIONS...
    local p=$1 f=$2
    shift 2
    case $f in *.zst) zstd -dcq "$DIR/$f" ;; *) cat "$DIR/$f" ;; esac >"$(basename "$f" .zst)"
    f=$(basename "$f" .zst)
    oc-ingest --preset "$p" "$@" "$f" -o records.csv && oc-ingest --preset "$p" --back records.csv | cmp - "$f" && echo "$f: same bytes, $(wc -l <"$f") lines"
}
round fxcm-bars fxcm/gbpusd-m1-bid-2012.csv.zst --symbol GBPUSD
round firstrate-index firstrate/SPX_1min.txt_sample.txt
round tardis-trades tardis/bitmex_trades_XBTUSD.csv
round stooq-daily stooq/aapl_us_d.csv.zst --symbol AAPL
round cboe-vix-history vix_history/vix-daily.csv.zst
round grid-bot-trades grid_bot/EURUSD_10pips_trades.csv.zst
