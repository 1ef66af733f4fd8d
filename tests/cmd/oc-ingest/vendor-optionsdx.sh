# OptionsDX by hand: bracketed names with blanks in front, sizes like `1 x 2`, a blank for none, no symbol, one instant of
# expiry for all; copies that lost their brackets; the vendor's other layout is refused.
h='[QUOTE_UNIXTIME], [QUOTE_READTIME], [QUOTE_DATE], [QUOTE_TIME_HOURS], [UNDERLYING_LAST], [EXPIRE_DATE], [EXPIRE_UNIX], [DTE], [C_DELTA], [C_GAMMA], [C_VEGA], [C_THETA], [C_RHO], [C_IV], [C_VOLUME], [C_LAST], [C_SIZE], [C_BID], [C_ASK], [STRIKE], [P_BID], [P_ASK], [P_SIZE], [P_LAST], [P_DELTA], [P_GAMMA], [P_VEGA], [P_THETA], [P_RHO], [P_IV], [P_VOLUME], [STRIKE_DISTANCE], [STRIKE_DISTANCE_PCT]'
r1='1638392400, 2021-12-01 16:00, 2021-12-01, 16.000000, 450.440000, 2021-12-17, 1639774800, 16.000000, 0.985740, 0.000470, 0.007560, -0.415280, 0.006070, 0.324130, 12.000000, 147.870000, 300 x 310, 139.610000, 142.100000, 310.000000, 0.000000, 0.010000, 0 x 4522, 0.030000, 0.000000, 0.000030, 0.000430, -0.004940, 0.000000, 0.000000, , 140.400000, 0.312000'
r2='1638392400, 2021-12-01 16:00, 2021-12-01, 16.000000, 450.440000, 2021-12-17, 1639774800, 16.000000, 0.5, 0.01, 0.02, -0.1, 0.01,  ,  ,  , 1 x 2, 0.000000, 0.000000, 450.000000, 4.0, 4.1, 7 x 8, 0.000000, -0.5, 0.01, 0.02, -0.1, -0.01, -0.000010, 3.000000, 0.4, 0.001'
printf '%s\n' "$h" "$r1" "$r2" >chain.txt
oc-ingest --preset optionsdx --symbol SPY chain.txt
oc-ingest --preset optionsdx --symbol SPY <(tr -d '[]' <chain.txt | sed 's/, /,/g') | cmp - <(oc-ingest --preset optionsdx --symbol SPY chain.txt | sed 's/, /,/g') && echo same
oc-ingest --preset optionsdx chain.txt
printf '[QUOTE_UNIXTIME], [QUOTE_READTIME], [QUOTE_DATE], [QUOTE_TIME_HOURS], [INSTRUMENT_NAME], [BASE_CURRENCY]\n1,2,3,4,5,6\n' >crypto.txt
oc-ingest --preset optionsdx --symbol BTC crypto.txt
printf '%s\n' "$h" "${r1/300 x 310/300}" | oc-ingest --preset optionsdx --symbol SPY --keep strike,bid_size,ask_size
