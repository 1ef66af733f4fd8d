# Polygon's flat files by hand: nanoseconds, `O:` before the contract, sizes that have become decimals, a side of price 0.
a=ticker,volume,open,close,high,low,window_start,transactions
printf '%s\n' $a O:SPY230327P00390000,205,1.5,1.45,1.6,1.4,1679923800000000000,44 AAPL,4930.5,200.29,200.5,200.63,200.1,1679923860000000000,129 >m.csv
oc-ingest --preset polygon-flat-minute m.csv
oc-ingest --preset polygon-flat-day m.csv | sed -n 2p
printf '%s\n' ticker,ask_exchange,ask_price,ask_size,bid_exchange,bid_price,bid_size,sequence_number,sip_timestamp \
    O:SPY230327P00390000,302,1.5,10,301,1.4,12,5,1679923800123456789 O:AMD1240119C00075000,302,0,0,301,0.5,1,6,1679923800123456790 >q.csv
oc-ingest --preset polygon-flat-option-quotes q.csv
oc-ingest --preset polygon-flat-quotes q.csv
printf '%s\n' ticker,ask_exchange,ask_price,ask_size,bid_exchange,bid_price,bid_size,conditions,indicators,participant_timestamp,sequence_number,sip_timestamp,tape,trf_timestamp \
    'A,8,180.0,100,11,164.28,100,"1,81",,1629716400001245000,79497,1629716400044243200,1,0' >stock.csv
oc-ingest --preset polygon-flat-quotes stock.csv
oc-ingest --preset polygon-flat-option-quotes stock.csv
printf '%s\n' ticker,conditions,correction,exchange,price,sip_timestamp,size O:SPY230327P00390000,209,0,302,1.45,1679923800123456789,3 >t.csv
oc-ingest --preset polygon-flat-trades t.csv
sed 's/O:SPY/SPY/' q.csv | oc-ingest --preset polygon-flat-option-quotes --keep strike
