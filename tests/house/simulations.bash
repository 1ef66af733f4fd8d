# simulations.bash - the runs whose bytes are compared: by threads, shards, instruction sets, compilers.
# Sourced with BUILD_DIR and TOP set; `prepare DIR` makes their input, `simulate BUILD DIR NAME OPTION...` runs one.
export PATH=$BUILD_DIR/bin:$PATH

simulations=(chain chain-ssvi step step-heston factors price sobol heston greeks american paths walks pnl trades permutation)
sharded=(price sobol heston greeks american paths walks pnl trades permutation)

prepare() {
    cat >"$1/contracts.csv" <<'CSV'
contract_id,product,type,style,strike,spot,rate,dividend_yield,years,iv,fixings,average,barrier,barrier_type
a,european,C,E,100,100,0.03,0.01,1,0.2,,,,
b,asian,C,E,100,100,0.03,0.01,1,0.25,12,A,,
c,european,P,E,60,100,0.03,0.01,0.5,0.3,,,,
d,barrier,C,E,100,100,0.03,0.01,1,0.2,,,85,do
CSV
    cat >"$1/american.csv" <<'CSV'
contract_id,product,type,style,strike,spot,rate,dividend_yield,years,iv
e,american,P,A,40,36,0.06,0,1,0.2
CSV
    printf 'model,name,value,role,symbol\nany,spot,100,market,A\nany,spot,50,market,B\n' >"$1/spots.csv"
    oc-chain --symbol SPX --ts 2026-11-20T21:00Z --spot 5012.4 --rate 3.9% --dividend-yield 1.3% --schedule weekly:2,monthly:3 \
        --surface quadratic:atm=0.17,skew_slope=-0.3,smile_curve=0.2 --strikes 50 --chain-size 6 >"$1/chain.csv" || return 1
    oc-cat -w 'expiry == 2026-12-18' "$1/chain.csv" >"$1/slice.csv"
}

simulate() {
    local bin=$1/bin dir=$2 name=$3 heston=heston:v0=0.03,kappa=2,theta=0.04,xi=0.4,rho=-0.7
    shift 3
    case $name in
    chain) "$bin/oc-chain" --symbol SPX --ts 2026-11-20T21:00Z --spot 5012.4 --rate 3.9% --dividend-yield 1.3% --vol 18% \
        --smile=-0.25,0.3 --schedule weekly:3,monthly:4,quarterly:2 --strikes auto --chain-size 20 --greeks all --sizes "$@" ;;
    chain-ssvi) "$bin/oc-chain" --symbol XYZ --ts 2026-11-20T21:00Z --spot 100 --rate 3% --dividend-yield 0 --strikes 2.5 \
        --surface sabr:alpha=0.3,beta=1,nu=0.5,rho=-0.3 --schedule monthly:3 --chain-size 10 --greeks first "$@" ;;
    step) "$bin/oc-step" --model gbm:volatility=0.18 --step 1d --steps 6 --seed 7 "$@" "$dir/chain.csv" ;;
    step-heston) "$bin/oc-step" --model $heston --step 4h --clock sessions --stick strike --steps 6 --paths 3 --greeks first "$@" \
        "$dir/chain.csv" ;;
    factors) "$bin/oc-step" --model $heston --step 1d --steps 400 --paths 5 --factors "$@" "$dir/chain.csv" ;;
    price) "$bin/oc-mc" price --paths 50000 --seed 3 "$@" "$dir/contracts.csv" ;;
    sobol) "$bin/oc-mc" price --paths 16384 --numbers sobol --replicates 4 "$@" "$dir/contracts.csv" ;;
    heston) "$bin/oc-mc" price --paths 20000 --model $heston --max-dt 15d "$@" "$dir/contracts.csv" ;;
    greeks) "$bin/oc-mc" price --paths 20000 --greeks first "$@" "$dir/contracts.csv" ;;
    american) "$bin/oc-mc" price --paths 20000 --fit-paths 8192 --exercise-dates 20 "$@" "$dir/american.csv" ;;
    paths) "$bin/oc-mc" paths --model gbm:volatility=0.2@X --spot 100 --rate 2% --dividend-yield 0 --steps 20 --dt 1d --paths 300 "$@" ;;
    walks) "$bin/oc-mc" paths --model merton:volatility=0.2,intensity=3,jump_mean=-0.05,jump_volatility=0.1@A --model $heston@B \
        --corr A,B=0.5 --params "$dir/spots.csv" --rate 2% --dividend-yield 0 --steps 20 --dt 1d --paths 100 "$@" ;;
    pnl) "$bin/oc-mc" pnl --leg=-1:SPXW261218C05100000 --leg=1:SPXW261218C05200000 --horizon 10d --paths 20000 \
        --model gbm:volatility=0.18 "$@" "$dir/slice.csv" ;;
    trades) "$bin/oc-mc" trades --block 10 --paths 20000 --ruin 3% --rule profit_target=6% "$@" "$TOP/testdata/trades.csv" ;;
    permutation) "$bin/oc-mc" trades --method permutation --paths 9000 "$@" "$TOP/testdata/trades.csv" ;;
    esac
}
