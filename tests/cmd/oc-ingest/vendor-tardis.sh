# Tardis options_chain by hand: microseconds, IV in percent (at Deribit alone), prices in coin where the contract is inverse and in dollars where
# it is not, a coin that nobody listed, theta that may be of less than a day.
h=exchange,symbol,timestamp,local_timestamp,type,strike_price,expiration,open_interest,last_price,bid_price,bid_amount,bid_iv,ask_price,ask_amount,ask_iv,mark_price,mark_iv,underlying_index,underlying_price,delta,gamma,vega,theta,rho
cat >c.csv <<C
$h
deribit,BTC-9JUN20-9875-P,1591574399413000,1591574400196008,put,9875,1591689600000000,0.1,0.0295,0.0205,15.0,55.91,0.0235,15.0,68.94,0.02210436,62.89,SYN.BTC-9JUN20,9756.36,-0.61752,0.00103,2.24964,-53.05655,-0.22796
deribit,AVAX_USDC-29MAY26-8D6-P,1777593600657001,1777593601775384,put,8.6,1780041600000000,300,0.348,,,0,0,0,,0.3144,53.72,AVAX_USDC-29MAY26,9.103,-0.32469,0.26407,0.00912,-0.00865,-0.00254
C
oc-ingest --preset tardis-options-chain c.csv
sed 's/AVAX_/DOGE_/' c.csv | oc-ingest --preset tardis-options-chain --keep symbol,inverse
sed 's/AVAX_/DOGE_/' c.csv | oc-ingest --preset tardis-options-chain --keep symbol,inverse --set inverse=false
# OKX: IVs are fractions in the same columns
cat >o.csv <<C
$h
okex-options,BTC-USD-210625-40000-C,1599004800000000,1599004800100000,call,40000,1624608000000000,5,,0.1,1,0.61,0.2,1,0.68,0.15,0.65,BTC-USD,11700,0.3,0.0001,20,-5,
C
oc-ingest --preset tardis-options-chain-others o.csv
oc-ingest --preset tardis-options-chain o.csv
oc-ingest --preset tardis-options-chain-others c.csv
