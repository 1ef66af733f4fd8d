# what is wrong with the options alone is told before any output; an option that nothing heeds is named
cat >c.csv <<'CSV'
contract_id,product,type,strike,years,spot,rate,dividend_yield,iv
one,american,P,100,1,100,0.05,0,0.2
CSV
heston=heston:v0=0.04,kappa=2,theta=0.04,xi=0.3,rho=-0.7
try() { oc-mc price "$@" c.csv; echo "exit $?"; }
try --paths 8k --exercise-dates 0
try --paths 8k --basis 0
try --paths 8k --basis 1
try --paths 8k --basis 100
try --paths 8k --fit-paths 0
try --paths 8k --fit-paths 1
try --paths 8k --upper-bound
try --paths 64k --upper-bound --dual-paths 0
try --paths 64k --upper-bound --dual-inner 0
try --paths 64k --upper-bound --dual-paths 100000
try --paths 64k --dual-paths 1024
try --paths 64k --dual-inner 256
try --target-stderr 0
try --time 0
try --time 0.1 --manifest m.json
try --paths 8k --variance ''
try --paths 8k --greeks ''
try --paths 3
try --paths 8k --order pca
try --paths 8k --replicates 16
try --paths 8k --numbers sobol --replicates 17
try --paths 8k --numbers sobol --variance antithetic
try --paths 8k --variance moments --greeks delta --greeks-by pathwise
try --paths 8k --dt 1d
try --paths 8k --dt 1d --model $heston
try --paths 8k --max-dt 1d
try --paths 8k --max-dt 1d --model gbm:volatility=20%
try --paths 8k --model garch:alpha=0.1,beta=0.8
try --paths 8k --multilevel
try --paths 8k --multilevel --model gbm:volatility=20%
try --paths 8k --multilevel --model bates:v0=0.04,kappa=2,theta=0.04,xi=0.3,rho=-0.7,intensity=1,jump_mean=0,jump_volatility=0.1
try --paths 8k --multilevel --model $heston --numbers sobol
try --paths 8k --multilevel --model $heston --variance antithetic
try --paths 8k --multilevel --model $heston --greeks delta
try --paths 8k --multilevel --model $heston --greeks params
# geometric Brownian motion without a volatility takes the row's
oc-mc price --paths 8k c.csv >own.csv
oc-mc price --paths 8k --model gbm c.csv | cmp - own.csv && echo same
