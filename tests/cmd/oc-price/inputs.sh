# What a row needs and where it may come from; what is missing is named with the option that supplies it.
try() { "$@" >out 2>err; echo "status $?"; cat out err; }
printf 'type,strike,spot,years,iv\nC,100,100,1,0.2\n' >a.csv
try oc-price a.csv
try oc-price a.csv --rate 5%
try oc-price a.csv --rate 5
try oc-price a.csv --rate 5% --dividend-yield 0 --model bsm:volatility=20%
printf 'type,strike,years,iv\nC,100,1,0.2\n' >b.csv
try oc-price b.csv --rate 5%
try oc-price b.csv --rate 5% --forward 100
printf 'type,strike,forward,spot,rate,years,iv\nC,100,100,,0.05,1,0.2\nC,100,,100,,1,0.2\nC,100,105.1271096376024,100,0.05,1,0.2\n' >c.csv
try oc-price c.csv --rate 5% --dividend-yield 0 --greeks delta
try oc-price a.csv --rate 5% --dividend-yield 0 --greeks detla
try oc-price a.csv --rate 5% --dividend-yield 0 --model bms
try oc-price a.csv --rate 5% --dividend-yield 0 --model displaced
try oc-price a.csv --rate 5% --dividend-yield 0 --model bsm:vol=0.2,vol=0.3
try oc-price a.csv --rate 5% --dividend-yield 0 --model bsm:shift=0.2
try oc-price a.csv --rate 5% --dividend-yield 0 --iv
try oc-price a.csv --rate 5% --dividend-yield 0 --vol-from vendor_iv
# names that are taken
oc-price a.csv --rate 5% --dividend-yield 0 >p.csv
try oc-price p.csv --rate 5% --dividend-yield 0
try oc-price p.csv --rate 5% --dividend-yield 0 --suffix _2
try oc-price p.csv --rate 5% --dividend-yield 0 --replace price --model bsm:volatility=0.3
try oc-price p.csv --rate 5% --dividend-yield 0 --iv --price-from price --suffix _back
try oc-price p.csv --rate 5% --dividend-yield 0 --replace price,dleta --greeks delta
# names with two meanings
for change in iv/{vol,volatility,sigma,mark_iv} years/{time,maturity,t,exp,exdate} type/cp_flag; do
    sed "1s/$change/" a.csv >two.csv
    try oc-price two.csv --rate 5% --dividend-yield 0
done
try oc-price a.csv --rate 5% --dividend-yield 0 --model heston
try oc-price a.csv --rate 5% --dividend-yield 0 --model bsm:vol=0.2,volatility=0.3
try oc-price a.csv --rate 5% --dividend-yield 0 --model bsm:vol=0.2,vol=0.2
# a volatility in percent under a foreign name is refused with the remedy
printf 'type,strike,forward,rate,years,implied_vol\nC,100,100,0.05,1,20\n' >percent.csv
try oc-price percent.csv
try oc-price percent.csv -m 'iv=implied_vol*0.01'
