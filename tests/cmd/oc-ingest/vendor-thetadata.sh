# ThetaData by hand: version 2 with strikes in tenths of a cent, dates as numbers and milliseconds since midnight in New York,
# version 3 with dollars and ISO times; the hour that does not exist; one version's file under the other's preset.
q=bid_size,bid_exchange,bid,bid_condition,ask_size,ask_exchange,ask,ask_condition
printf '%s\n' root,expiration,strike,right,ms_of_day,$q,date AAPL,20231103,170000,C,34200000,10,7,1.05,50,12,7,1.10,50,20231102 \
    AAPL,20231117,172500,P,57599999,0,7,0,50,3,7,0,50,20231106 >q2.csv
oc-ingest --preset thetadata-v2-quote q2.csv
printf '%s\n' root,expiration,strike,right,ms_of_day,ms_of_day2,open,high,low,close,volume,count,$q,date \
    AAPL,20231103,170000,C,62100000,57540123,1,1.2,0.9,1.1,100,40,10,7,1.05,50,12,7,1.10,50,20231102 AAPL,20231103,300000,C,62100000,0,0,0,0,0,0,0,0,7,0,50,9,7,0.01,50,20231102 >e2.csv
oc-ingest --preset thetadata-v2-eod e2.csv
printf '%s\n' symbol,expiration,strike,right,timestamp,$q AAPL,2024-11-08,220.000,CALL,2024-11-04T09:30:01.000,10,7,1.05,50,12,7,1.10,50 \
    AAPL,2024-11-08,220.500,PUT,2024-11-01T15:59:59.999,10,7,1.05,50,12,7,0,50 >q3.csv
oc-ingest --preset thetadata-v3-quote q3.csv
printf '%s\n' symbol,expiration,strike,right,created,last_trade,open,high,low,close,volume,count,$q \
    SPY,2020-02-21,100.000,CALL,2020-01-02T17:15:00.000,2020-01-02T15:59:30.000,1,1.2,0.9,1.1,10,3,5,1,1.05,0,6,1,1.15,0 >e3.csv
oc-ingest --preset thetadata-v3-eod e3.csv
oc-ingest --preset thetadata-v2-quote q3.csv
oc-ingest --preset thetadata-v3-quote q2.csv
sed '2s/34200000/9000000/; 2s/20231102/20240310/' q2.csv | oc-ingest --preset thetadata-v2-quote --keep strike
