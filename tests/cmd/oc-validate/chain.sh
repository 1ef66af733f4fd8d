# Option rows: placeholders and percent, strikes, expiries, sides; a contract is an instrument.
cat >chain.csv <<'E'
ts,symbol,expiry,strike,type,bid,ask,vendor_iv,volume
2024-07-02T20:00:00Z,SPX,2024-07-19,5500,C,10,10.5,0.12,5
2024-07-02T20:00:00Z,SPX,2024-07-19,5500,P,0,0.05,0.12,5
2024-07-02T20:00:00Z,SPX,2024-07-19,5510,C,0,0,0.00001,
2024-07-02T20:00:00Z,SPX,2024-07-19,5520,C,5,4,12.5,5
2024-07-02T20:00:00Z,SPX,2024-07-19,0,C,5,5,0.12,5
2024-07-02T20:00:00Z,SPX,2024-06-21,5500,C,1,9,-0.1,-5
2024-07-02T20:00:00Z,SPX,2024-07-19,5500,call,10,10.5,0.12,5
2024-07-02T20:00:00Z,SPX,2024-07-19,5500,P,0,0.06,0.12,5
2024-07-02T19:00:00Z,SPX,2024-07-19,5500,C,10,10.5,0.12,5
2024-07-02T19:00:00Z,SPX,2024-07-26,5500,C,10,10.5,0.12,5
2024-07-02T20:00:00Z,,2024-07-26,5500,C,10,-10.5,0.12,5
E
oc-validate chain.csv --checks checks.csv --calendar XCBO; echo "status $?"
oc-cat checks.csv --where 'line > 0' --keep check,severity,line,column,row_key,value,limit,message
