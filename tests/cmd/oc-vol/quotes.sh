# Real quotes have spreads and ticks; a planted pair is named, its rows get the numbers of the others; what has no answer says why.
oc-chain --symbol SPX --spot 5000 --schedule monthly:2@AM --strikes 25 --chain-size 20 --vol 20% --rate 3% --dividend-yield 1% \
    --spread proportional=2% --ticks '0.05<3,0.10' --ts 2024-06-03T14:30Z --keep ts,symbol,root,expiry,settle,type,strike,bid,ask >c.csv
oc-vol forward --table c.csv --float sig:6
echo -- a call and a put shifted
awk -F, -v OFS=, '$4 == "2024-06-21" && $6 == "C" && $7 == 4800 { $8 += 30; $9 += 30 }
    $4 == "2024-07-19" && $6 == "P" && $7 == 5100 { $8 += 25; $9 += 25 } { print }' c.csv >wild.csv
oc-vol forward --table wild.csv --float sig:6 --keep date,forward,pairs,outliers,outlier_strikes,status
oc-vol forward wild.csv --float sig:6 --where 'strike >= 4775 && strike <= 5125' | grep -v ',ok$'
echo -- too few, and too many
oc-vol forward c.csv --where 'strike > 4950 && strike < 5050' --table --float sig:6 --keep date,forward,discount,zero_rate,pairs,status
oc-vol forward c.csv --where 'strike > 4950 && strike < 5050' --rate 3% --min-pairs 3 --table --float sig:6 --keep date,forward,pairs,status
oc-vol forward wild.csv --max-outliers 1% --table --float sig:6 --keep date,forward,pairs,outliers,status
echo -- sides without a bid, crossed and doubled ones take no part
awk -F, -v OFS=, '$7 == 4900 && $6 == "C" { $8 = 0 } $7 == 4925 && $6 == "P" { t = $8; $8 = $9 + 1; $9 = t } { print }
    $7 == 4950 && $6 == "C" { print }' c.csv | oc-vol forward --table --float sig:6 --keep date,forward,pairs,outliers,status
echo -- left out by --only
oc-vol forward wild.csv --only 'strike != 4800 && strike != 5100' --float sig:6 | awk -F, '$7 == 4800 || $7 == 5100 || $7 == 5000'
