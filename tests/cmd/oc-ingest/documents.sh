# JSON documents of vendors without a sample file, and what is refused, at its line and column.
cat >summary.json <<'END'
{"jsonrpc":"2.0","usIn":1,"result":[
 {"instrument_name":"BTC-28JUN24-70000-C","creation_timestamp":1704700800123,"bid_price":0.05,"ask_price":null,"mid_price":null,
  "mark_price":0.0512,"mark_iv":61.25,"underlying_price":45100.5,"volume":12.5,"open_interest":100.1,"last":0.0505,"base_currency":"BTC","quote_currency":"BTC"},
 {"instrument_name":"BTC-28JUN24-70000-P","creation_timestamp":1704700800123,"bid_price":null,"ask_price":0.6,"mid_price":null,
  "mark_price":0.59,"mark_iv":61.25,"underlying_price":45100.5,"volume":0,"open_interest":3,"last":null,"base_currency":"BTC","quote_currency":"BTC"},
 {"instrument_name":"AVAX_USDC-25SEP26-9d5-C","creation_timestamp":1704700800123,"bid_price":1.4,"ask_price":1.6,"mid_price":1.5,
  "mark_price":1.5,"mark_iv":80,"underlying_price":25.1,"volume":0,"open_interest":3,"last":null,"base_currency":"AVAX","quote_currency":"USDC"}
],"usOut":2}
END
oc-ingest --preset deribit-summary-json summary.json
cat >book.json <<'END'
{"result":{"timestamp":1590103193775,"instrument_name":"ETH-22MAY20-200-P","best_bid_price":0.01,"best_ask_price":0,"best_bid_amount":5,
 "best_ask_amount":0,"last_price":0,"mark_price":0.012,"open_interest":7,"stats":{"volume":3},"underlying_price":199.5,
 "mark_iv":80.5,"bid_iv":0,"ask_iv":90,"greeks":{"delta":-0.5,"gamma":0.01,"theta":-0.1,"vega":0.2,"rho":-0.01},
 "bids":[[0.01,5]],"asks":[]}}
END
oc-ingest --preset deribit-book-json book.json
sed 's/ETH-22MAY20-200-P/SOL_USDC-22MAY20-20d5-P/' book.json | oc-ingest --preset deribit-book-json -k contract_symbol,strike,inverse
sed 's/ETH-22MAY20-200-P/DOGE-22MAY20-1-P/' book.json | oc-ingest --preset deribit-book-json -k strike 2>&1
sed 's/ETH-22MAY20-200-P/DOGE-22MAY20-1-P/' book.json | oc-ingest --preset deribit-book-json -k strike,inverse --set inverse=false
cat >instruments.json <<'END'
{"result":[{"kind":"option","instrument_name":"BTC-28JUN24-70000-C","base_currency":"BTC","quote_currency":"BTC","strike":70000,
 "option_type":"call","expiration_timestamp":1719561600000,"contract_size":1,"tick_size":0.0005},
 {"kind":"future","instrument_name":"BTC-PERPETUAL","base_currency":"BTC","quote_currency":"USD","expiration_timestamp":32503708800000,"contract_size":10}]}
END
oc-ingest --preset deribit-instruments-json instruments.json
cat >osl.json <<'END'
{"symbol":"SP500","underlying_price":"5781.88","expiration_date":"18 oct 2024","options":[{"strike_price":"5520","call_bid":"274.26",
 "call_ask":"276.06","put_bid":0,"put_ask":0,"call_middle":275.16,"put_middle":null,"implied_volatility":16.31,"delta_call":"0.5",
 "delta_put":"0.5","gamma":"0.5","volume":1,"open_interest":300}]}
END
oc-ingest --preset optionstratlib-json --ts 2024-10-16T20:00:00Z osl.json
cat >ocs.json <<'END'
{"id":"S1","version":1,"cursor":3,"chains":[
 {"contracts":[{"strike":100,"implied_volatility":0.2,"gamma":0.05,"call":{"bid":1,"ask":1.1,"mid":1.05,"delta":0.5},"put":null}],
  "labels":["w","m"],"expires_at":"2026-01-16T21:00:00Z","days_to_expiration":1.5}],
 "underlying":{"symbol":"XYZ","price":100.25,"base_volatility":0.2},"simulated_at":"2026-01-15T09:00:00Z"}
END
oc-ingest --preset ocs-snapshot-json ocs.json
cat >ocs1.json <<'END'
{"underlying":"XYZ","timestamp":"2026-01-15T09:00:00.597061+00:00","price":100.25,"contracts":[
 {"strike":100.0,"expiration":"2026-02-20","call":{"bid":1.0,"ask":1.1,"mid":1.05,"delta":0.5},
  "put":{"bid":null,"ask":null,"mid":null,"delta":null},"implied_volatility":0.2,"gamma":0.05}],
 "session_info":{"id":"S1","current_step":3,"total_steps":10}}
END
oc-ingest --preset ocs-chain-json ocs1.json
oc-ingest --preset ocs-chain-json ocs1.json --ts 2026-03-01T00:00:00Z -k ts,type
oc-ingest --preset ocs-snapshot-json ocs1.json 2>&1
# rows that cannot be told: the place is the record's in the document, in messages and in --rejects
sed 's/1704700800123,"bid_price":null/"soon","bid_price":null/' summary.json >bad.json
oc-ingest --preset deribit-summary-json bad.json >/dev/null
oc-ingest --preset deribit-summary-json --on-error skip --rejects rejects.csv bad.json | wc -l
cut -d, -f 1-3 rejects.csv
# documents that are none, cut, of others
refused() { oc-ingest --preset deribit-summary-json "$@" >/dev/null && echo read; }
head -c 300 summary.json >cut.json && refused cut.json
sed 's/"mark_iv":61.25/"mark_iv" 61.25/' summary.json >colon.json && refused colon.json
sed '2s/"last"/"bid_price":1,"last"/; 3s/"last"/"bid_price":1,"last"/' summary.json >twice.json && refused twice.json
printf '{"result":{"a":1}}' >object.json && refused object.json
printf '{"error":{"code":1},"result":[{"x":1}]}' >other.json && refused other.json
printf 'a,b\n1,2\n' >text.csv && refused text.csv
printf '{"result":[{"instrument_name":"\377"}]}' >utf8.json && refused utf8.json
refused -I tsv summary.json
printf '{"result":[]}' | oc-ingest --preset deribit-summary-json | wc -l
