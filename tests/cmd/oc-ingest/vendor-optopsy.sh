# optopsy by hand: long rows of a day's close; a Greek whose unit nobody states keeps a name that claims none.
printf '%s\n' underlying_symbol,underlying_price,option_type,expiration,quote_date,strike,bid,ask,delta,gamma,theta,vega,implied_volatility,volume,open_interest \
    SPX,1923.82,c,2015-10-16,2015-10-01,1900,40.1,41.2,0.6,0.004,-0.9,1.2,0.21,10,20 SPX,1923.82,p,2015-11-27,2015-11-27,1900,0.5,0,-0.4,,,,,, >full.csv
oc-ingest --preset optopsy full.csv
printf '%s\n' underlying_symbol,option_type,expiration,quote_date,strike,bid,ask,delta SPX,call,10/16/2015,10/01/2015,1900,40.1,41.2,0.6 >least.csv
oc-ingest --preset optopsy least.csv
cut -d, -f1-7 least.csv | oc-ingest --preset optopsy
