# derivatives with their errors, by each estimator, in either units; what does not exist says so
cat >c.csv <<'CSV'
contract_id,product,type,strike,years,spot,rate,dividend_yield,iv,cash
vanilla,european,P,105,0.5,100,0.05,0.02,0.3,
digital,digital_cash,C,100,0.5,100,0.05,0.02,0.3,10
CSV
for by in auto pathwise likelihood adjoint bump; do
    echo "$by"
    oc-mc price --paths 16384 --greeks first --greeks-by $by c.csv --drop product,type,strike,years,spot,rate,dividend_yield,iv,cash --float sig:5
done
oc-mc price --paths 16384 --greeks theta,vega --greek-units market c.csv --drop product,type,strike,years,spot,rate,dividend_yield,iv,cash --float sig:5
oc-mc price --paths 16384 --greeks vega,params --model heston:v0=0.04,kappa=2,theta=0.04,xi=0.3,rho=-0.7 c.csv \
    --drop product,type,strike,years,spot,rate,dividend_yield,iv,cash --float sig:5
