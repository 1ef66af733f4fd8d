# Tables of HTML documents and delta-coded series.
cat >s.htm <<'END'
<HTML><body><!-- <tr><td>Ticket</td> --><table>
<tr><td colspan=14><b>Closed Transactions:</b></td></tr>
<tr><td>Ticket</td><td nowrap>Open Time</td><td>Type</td><td>Size</td><td>Item</td><td>Price</td><td>S / L</td><td>T / P</td>
<td>Close Time</td><td>Price</td><td>Commission</td><td>Taxes</td><td>Swap</td><td>Profit</td></tr>
<tr><td>1</td><td>2024.01.02 03:04:05</td><td>balance</td><td colspan=10>Deposit &amp; more</td><td>1 000.00</td></tr>
<tr><td title="[sl]">2</td><td>2024.01.02 03:04:05</td><td>sell</td><td>0.10</td><td>eurusd</td><td>1.10000</td><td>1.20000</td><td>0.00000</td>
<td>2024.01.02&nbsp;04:00:00</td><td>1.09000</td><td>-0.50</td><td>0.00</td><td>-0.02</td><td>1&nbsp;100.00</td></tr>
<tr><td colspan=10>&nbsp;</td><td>-0.50</td><td>0.00</td><td>-0.02</td><td>1 100.00</td></tr>
<tr><td>3</td><td>2024.01.02 03:04:05</td><td>sell</td><td>0.10</td><td>later</td><td>1</td><td>1</td><td>0</td><td>x</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td></tr>
</table></body></HTML>
END
oc-ingest --preset mt4-statement --tz UTC s.htm
oc-ingest --preset mt4-statement --tz UTC - <s.htm -O jsonl | wc -l
sed 's/2024.01.02&nbsp;04:00:00/noon/' s.htm >noon.htm && oc-ingest --preset mt4-statement --tz UTC noon.htm >/dev/null
head -n 6 s.htm | oc-ingest --preset mt4-statement --tz UTC >/dev/null
echo '<table><tr><td>a</td></tr></table>' | oc-ingest --preset mt4-statement --tz UTC
deltas() { oc-ingest --preset dukascopy-deltas --symbol X "$@"; }
series='"timestamp":1700000000000,"multiplier":1.0E-5,"ask":1.14277,"bid":0.00002,"times":[93,104,0],"asks":[0,-2,100000],"bids":[0,-3,1],"askVolumes":[1,2.5,1e6],"bidVolumes":[0,0,1]'
echo "{$series}{$series}" | deltas
echo "{$series}" | sed 's/\[0,-3,1\]/[0,-3]/' | deltas
echo "{$series}" | sed 's/\[0,-3,1\]/[0,0.5,1]/' | deltas
echo "{$series}" | sed 's/\[0,-3,1\]/[0,9223372036854775807,1]/' | deltas
echo "{$series}" | sed 's/"bids"/"offers"/' | deltas
echo "[{$series}]" | deltas
echo "{$series}" | head -c 100 | deltas
echo '{"cursor":"","trades":[{"trade_id":"t1","ticker":"FED-24","count":3,"yes_price":45,"no_price":55,"taker_side":"no","created_time":"2024-01-02T03:04:05.678Z"}]}' | oc-ingest --preset kalshi-trades-json
echo '{"history":[{"t":1700000000,"p":0.45},{"t":1700003600,"p":0.5}]}' | oc-ingest --preset polymarket-prices-json --symbol 123 --set interval=1h
