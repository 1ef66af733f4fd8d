# Cboe DataShop by hand: two snapshots a row, half days, 0 for none, an index without quotes of its own, Saturday expiries.
h=underlying_symbol,quote_date,root,expiration,strike,option_type,open,high,low,close,trade_volume,bid_size_1545,bid_1545,ask_size_1545,ask_1545,underlying_bid_1545,underlying_ask_1545
calcs=,implied_underlying_price_1545,active_underlying_price_1545,implied_volatility_1545,delta_1545,gamma_1545,theta_1545,vega_1545,rho_1545
eod=,bid_size_eod,bid_eod,ask_size_eod,ask_eod,underlying_bid_eod,underlying_ask_eod,vwap,open_interest,delivery_code
cat >calcs.csv <<C
$h$calcs$eod
^SPX,2023-08-25,SPXW,2023-09-15,4400.000,C,50.1,52.0,48.0,51.25,1234,10,51.00,12,51.40,0.0000,0.0000,4405.10,4405.71,0.1312,0.5123,0.0023,-1.25,4.21,1.0877,12,49.50,15,50.10,0.0000,0.0000,50.4,5678,
^SPX,2023-11-24,SPXW,2023-12-15,4500.000,P,0.0000,0.0000,0.0000,0.0000,0,0,0.0000,0,0.0000,4560.10,4560.90,0.0000,0.0000,0.0000,0.0000,0.0000,0.0000,0.0000,0.0000,5,1.00,6,1.10,4559.00,4560.00,0.0000,0,
C
oc-ingest --preset cboe-datashop-1545 calcs.csv
oc-ingest --preset cboe-datashop-eod calcs.csv
# without calculations, of 2006: small letters for the side, a Saturday as the day of expiry
cat >plain.csv <<C
$h$eod
^XSP,2006-08-01,JGA,2006-08-19,125.000,c,0.00,0.00,0.00,0.00,0,1579,2.15,1573,2.40,127.10,127.10,1579,2.15,1554,2.40,127.10,127.10,0.00,0,0
C
oc-ingest --preset cboe-datashop-1545 plain.csv
q=underlying_symbol,quote_datetime,root,expiration,strike,option_type,open,high,low,close,trade_volume,bid_size,bid,ask_size,ask,underlying_bid,underlying_ask
cat >interval.csv <<C
$q
GLD,2026-09-04 10:00:00,GLD,2026-09-25,400.00,C,0.20,0.22,0.19,0.21,10,5,0.20,8,0.22,400.00,400.02
GLD,2026-12-04 16:00:00,GLD,2026-12-25,400.00,P,0.20,0.22,0.19,0,10,5,0.20,0,0,400.00,400.02
C
oc-ingest --preset cboe-datashop-interval interval.csv
