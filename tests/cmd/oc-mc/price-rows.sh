# rows without an answer say why; malformed ones have their file, line and column and obey --on-error
cat >c.csv <<'CSV'
contract_id,product,style,type,strike,years,spot,rate,dividend_yield,iv
spot,,E,C,100,1,0,0,0,0.2
negative,,E,C,100,1,100,0,0,-0.2
wild,,E,C,100,1,100,0,0,1e300
long,,E,C,100,1e9,100,0.05,0,0.2
steep,,E,C,100,1,100,1000,0,0.2
contradiction,american,E,P,100,1,100,0.05,0,0.2
other,european,A,P,100,1,100,0.05,0,0.2
good,american,A,P,100,1,100,0.05,0,0.2
now,american,,P,100,1,50,0.05,0,0.2
week,american,,P,100,0.02,99,0.05,0,0.2
CSV
oc-mc price --paths 8k --on-error na c.csv --keep contract_id,price,stderr,paths,status --float sig:5
echo "exit $?"
oc-mc price --paths 8k c.csv -o out.csv; echo "exit $?"
# fixings that are too many, or none, and years of early exercise without end: each the row's own
cat >f.csv <<'CSV'
contract_id,product,style,type,strike,years,spot,rate,dividend_yield,iv,average,fixings,monitoring,exercise_dates,extremum
fixings,asian,,C,100,1,100,0.05,0,0.2,A,2000000,,,
monitoring,lookback_fixed,,C,100,1,100,0.05,0,0.2,,,99999999,,
american,american,,P,100,1e18,100,0.05,0,0.2,,,,,
bermudan,bermudan,,P,100,1e18,100,0.05,0,0.2,,,,12,
seen,lookback_fixed,,C,300,0.1,100,0,0,0.2,,,,,110
good,asian,,C,100,1,100,0.05,0,0.2,A,4,,,
CSV
oc-mc price --paths 8k --on-error na f.csv --keep contract_id,price,stderr,paths,status --float sig:5; echo "exit $?"
oc-mc price --paths 8k f.csv -o out.csv; echo "exit $?"
# parameters and models of rows
cat >m.csv <<'CSV'
contract_id,type,strike,years,spot,rate,dividend_yield,iv,model,par_v0,par_kappa,par_theta,par_xi,par_rho
own,C,100,1,100,0.05,0,0.2,,,,,,
missing,C,100,1,100,0.05,0,,heston,0.04,2,0.04,0.3,
outside,C,100,1,100,0.05,0,,heston,0.04,2,0.04,0.3,-7
unknown,C,100,1,100,0.05,0,,hestom,0.04,2,0.04,0.3,-0.7
periods,C,100,1,100,0.05,0,,garch,0.04,2,0.04,0.3,-0.7
CSV
oc-mc price --paths 8k --on-error na m.csv --keep contract_id,price,stderr,paths,status --float sig:5
oc-mc price --paths 8k m.csv -o out.csv; echo "exit $?"
# correlations that are none
cat >k.csv <<'CSV'
contract_id,product,type,strike,years,spot,rate,dividend_yield,iv,assets,corr
three,basket,C,100,1,100,0.03,0,0.2,3,-0.9
CSV
oc-mc price --paths 8k k.csv -o out.csv; echo "exit $?"
# a basket file has a market of its own, for the products of baskets alone
cat >b.csv <<'CSV'
symbol,spot,iv,dividend_yield,weight
AAA,100,0.2,0,0.5
BBB,50,0.3,0.01,1
CSV
cat >p.csv <<'CSV'
contract_id,product,type,strike,years,rate,iv
basket,basket,C,100,1,0.03,
plain,european,C,100,1,0.03,0.2
CSV
oc-mc price --paths 8k --basket b.csv --corr AAA,BBB=0.5 p.csv --on-error na --keep contract_id,price,stderr,status --float sig:5
oc-mc price --paths 8k --basket b.csv --corr AAA,BBB=0.5 p.csv -o out.csv; echo "exit $?"
# two scramblings: Student's law of one degree, 12.7062
printf 'contract_id,type,strike,years,spot,rate,dividend_yield,iv,product,average,fixings\na,C,100,1,100,0,0,0.2,asian,A,4\n' |
    oc-mc price --paths 8k --numbers sobol --replicates 2 -k price,stderr,ci_high |
    awk -F, 'NR == 2 { printf "%.6f\n", ($3 - $1) / $2 }'
# an error that is none to go by: no path pays, or all pay the same, though others would
cat >n.csv <<'CSV'
contract_id,product,style,type,strike,years,spot,rate,dividend_yield,iv,cash,barrier,barrier_type
rare,,E,C,100,1,100,0,0,10,,,
far,,E,C,1000,0.1,100,0,0,0.2,,,
early,american,,P,10,0.1,100,0.05,0,0.2,,,
wait,american,,P,90,0.1,100,0,0,0.2,,,
rule,american,,C,100,1,100,0.05,0.05,3,,,
sure,digital_cash,E,C,10,0.1,100,0,0,0.2,5,,
still,,E,C,110,0.1,100,0,0,0,,,
out,barrier,E,C,100,1,100,0,0,0.2,,100,do
CSV
oc-mc price --paths 16k n.csv --keep contract_id,price,stderr,paths,status
oc-mc price --paths 64k --model heston:v0=0.04,kappa=2,theta=0.04,xi=0.3,rho=-0.7 --multilevel n.csv --where 'contract_id == "far"' \
    --keep contract_id,price,stderr,paths,status
