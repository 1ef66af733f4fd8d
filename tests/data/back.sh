# Vendors' files to records and back again: the same bytes.
. "$TOP/tests/data/series.bash"
sample mt5
d=$SHARED/data
round() { # PRESET FILE OPTIONS...: a file here
    local p=$1 f=$2
    shift 2
    oc-ingest --preset "$p" "$@" "$f" -o records.csv && oc-ingest --preset "$p" "$@" --back records.csv >back && cmp back "$f" &&
        echo "$p: same bytes, $(wc -c <back)"
}
zstd -dcq "$d"/mt5/XAUUSD_M1*.zst >XAUUSD_M1_x.csv
zstd -dcq "$d"/mt5/EURUSD_M1_2018*.zst >EURUSD_M1_x.csv
{ zstd -dcq "$d"/hyperliquid/trades.csv.zst; echo; } >fills.csv
zstd -dcq "$d"/histdata/*.zst >EURUSD_T_2020-01.csv
{ cat "$d"/histdata/USDHKD_M1_2016-11.txt; echo; } >USDHKD_M1_2016-11.txt
zstd -dcq "$d"/dukascopy/EURUSD*.zst >"EURUSD_5 Mins_Bid_2025.10.01_2026.03.31.csv"
zstd -dcq "$d"/binance/ALGO*.zst >ALGOUSDT-1m-2024-02.csv
gzip -dc "$d"/cme_6e/*.gz >6EH4.XCME_1min_bars_x.csv
cp "$d"/tardis/*.csv .
for z in ticks intervals_1s dailies; do unzip -qo "$d/iqfeed/${z}_oldest.zip"; done
for z in equity/usa/daily/aapl equity/usa/minute/ibm/20131007_trade equity/usa/minute/aapl/20140606_quote equity/usa/tick/ibm/20131007_trade \
    forex/oanda/minute/eurusd/20140502_quote crypto/coinbase/minute/btcusd/20180404_trade; do unzip -qo "$d/lean/$z.zip"; done
round mt5-bars XAUUSD_M1_x.csv --tz EET
round mt5-bars-plain EURUSD_M1_x.csv --tz EET
round hyperliquid-fills fills.csv --tz UTC
round histdata-ticks EURUSD_T_2020-01.csv
round histdata-bars USDHKD_M1_2016-11.txt
round dukascopy-bars-csv EURUSD_5*
round binance-klines ALGOUSDT-1m-2024-02.csv
round cme-minute-bars 6EH4.XCME_1min_bars_x.csv
round tardis-quotes huobi-dm-swap_quotes_BTC-USD.csv
round tardis-book binance-futures_book_snapshot_5_BTCUSDT.csv
cp "$d"/polymarket/*_orders.csv orders.csv
round polymarket-orders orders.csv
round iqfeed-ticks ticks_oldest.csv --symbol X
round iqfeed-intervals intervals_1s_oldest.csv --symbol X
round iqfeed-days dailies_oldest.csv --symbol X
round lean-equity-daily aapl.csv
round lean-equity-minute 20131007_ibm_minute_trade.csv
round lean-equity-minute-quote 20140606_aapl_minute_quote.csv
round lean-equity-tick 20131007_ibm_Trade_Tick.csv
round lean-forex-minute 20140502_eurusd_minute_quote.csv
round lean-crypto-minute 20180404_btcusd_minute_trade.csv
