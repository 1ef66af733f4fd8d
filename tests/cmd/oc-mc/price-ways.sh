# numbers, variance reduction, the number of paths by error and by time, models by option and by row
cat >c.csv <<'CSV'
contract_id,product,type,strike,years,spot,rate,dividend_yield,iv,average,fixings
asian,asian,C,105,1,100,0.05,0,0.2,A,12
CSV
cells=(--keep contract_id,price,stderr,paths,status --float sig:6)
for variance in none antithetic control moments importance antithetic,control auto; do
    echo "$variance"
    oc-mc price --paths 16384 --variance $variance c.csv "${cells[@]}" | tail -n 1
done
for order in plain bridge pca; do
    echo "sobol $order"
    oc-mc price --paths 16384 --numbers sobol --order $order --replicates 8 c.csv "${cells[@]}" | tail -n 1
done
oc-mc price --target-stderr 0.0002 c.csv >by_error.csv
paths=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "paths") at = i } NR == 2 { print $at }' by_error.csv)
oc-mc price --paths "$paths" c.csv | cmp - by_error.csv && echo "--target-stderr 0.0002: $paths paths, and the same from --paths"
oc-mc price --time 0.02 c.csv >by_time.csv
paths=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "paths") at = i } NR == 2 { print $at }' by_time.csv)
oc-mc price --paths "$paths" c.csv | cmp - by_time.csv && echo "--time: the same from --paths"
# a model for each row
cat >m.csv <<'CSV'
contract_id,type,strike,years,spot,rate,dividend_yield,iv,model,par_v0,par_kappa,par_theta,par_xi,par_rho
own,C,100,1,100,0.05,0,0.2,,,,,,
heston,C,100,1,100,0.05,0,,heston,0.04,2,0.04,0.3,-0.7
CSV
oc-mc price --paths 16384 m.csv --keep contract_id,price,stderr,status --float sig:6
oc-mc price --paths 16384 --model merton:volatility=0.2,intensity=1,jump_mean=-0.05,jump_volatility=0.1 m.csv --keep contract_id,price,stderr,status --float sig:6
# a basket of three, its correlations on the command line
cat >b.csv <<'CSV'
symbol,spot,iv,dividend_yield,weight
AAA,100,0.2,0,0.5
BBB,50,0.3,0.01,0.6
CCC,20,0.4,0,1
CSV
cat >k.csv <<'CSV'
contract_id,product,type,strike,years,spot,rate,dividend_yield
basket,basket,C,100,1,100,0.03,0
CSV
oc-mc price --paths 16384 --basket b.csv --corr AAA,BBB=0.5 --corr AAA,CCC=0.2 \
    --corr BBB,CCC=0.1 k.csv --keep contract_id,price,stderr,status --float sig:6
