# IvyDB by hand: strikes times a thousand, -99.99 for none, Saturdays as days of expiry before 2015, AM and PM settlement,
# a ticker that is only there where it was asked for.
h=secid,date,symbol,symbol_flag,exdate,last_date,cp_flag,strike_price,best_bid,best_offer,volume,open_interest,impl_volatility,delta,gamma,vega,theta,optionid,cfadj,am_settlement,contract_size,ss_flag
cat >c.csv <<C
$h,ticker
108105,2013-12-02,SPX 131221C1800000,1,2013-12-21,2013-12-02,C,1800000,18.5,19.3,2210,51234,0.1121,0.5312,0.0081,160.2,-120.5,70001,1,1,100,0,SPX
108105,2013-12-02,SPXW 131227P1750500,1,2013-12-27,,P,1750500,0,0,0,0,-99.99,-99.99,-99.99,-99.99,-99.99,70002,1,0,100,0,SPX
101594,20140603,AAPL7 140719C92860,1,20140719,20140602,C,92860,-99.99,0.5,1,2,0.2,0.5,0.1,10,-5,70003,1,0,-99.99,1,AAPL
C
oc-ingest --preset ivydb c.csv
# the Saturday is a notional day: an option that settles at the opening has its last moment on the Friday at 9:30
oc-ingest --preset ivydb c.csv --where 'secid == "108105" && cp_flag == "C"' | oc-price --iv --price-from bid --rate 0 --dividend-yield 0 --spot 1800.9 --keep expiry,settle,strike,bid,iv,status
cut -d, -f1-22 c.csv >no-ticker.csv
oc-ingest --preset ivydb no-ticker.csv
oc-ingest --preset ivydb --symbol SPX no-ticker.csv --keep symbol,root,strike | head -n 3
