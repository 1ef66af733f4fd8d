# Recall 1 and precision 0.99 of every check that faults can be planted for, at rates of 0.01 %, 0.1 % and 1 %, in ticks, bars,
# chains and signals.  OC_FULL: each check by itself, 10^5 records, three seeds, then all at once in 10^6; else small and all
# at once, where the checks take turns.
. "$TOP/tests/cmd/oc-validate/streams.bash"
full=${OC_FULL:-}

tick_options=(--calendar XNYS --set gap=300,stale=30,grid=0.01)
[ -n "$full" ] || tick_options=(--calendar XNYS --set gap=2400,stale=30,grid=0.01)
bar_options=(--calendar XNYS --set grid=0.01)
chain_options=(--calendar XCBO --arbitrage --set gap=1800,wide=1.6)
signal_options=()
of_ticks="required price size zero_size one_sided crossed locked spread future late order duplicate conflict stale outlier unit jump grid
    session_pre session_after session_closed session_holiday tz_dst gap"
of_bars="required price size ohlc range order duplicate conflict outlier unit jump volume grid session_pre session_after session_closed
    session_holiday tz_dst gap interval"
of_chains="required price size iv iv_placeholder strike expired unquoted crossed locked wide order duplicate conflict session_closed
    session_holiday vertical butterfly box parity calendar"
of_signals="required price quantity order duplicate stop_side stop_distance target_side reward risk"

clean() { # FILE OPTION...: what is found where nothing was planted
    local file=$1; shift
    oc-validate "$@" "$file" -o /dev/null -O csv
}
missing() { # NAMES: checks that were not planted at all
    for c in $1; do grep -q "^$c," labels.csv || echo "no $c"; done
}

run() { # NAME CHECKS OPTION...
    local name=$1 checks=$2 seed rate c; shift 2
    clean $name.csv "$@"
    if [ -z "$full" ]; then
        for rate in 0.1% 1%; do plant $name.csv "all=$rate" 1 "$@"; done
        some=$(echo $checks | tr ' ' '\n' | grep -v session_) part=$(echo $checks | tr ' ' '\n' | grep session_)
        plant $name.csv "$(echo $some | sed 's/ /=.3%,/g;s/$/=.3%/')" 2 "$@"; missing "$some"
        for c in $part; do plant $name.csv $c=5% 2 "$@"; missing $c; done     # of these there are few places
    else
        for seed in 1 2 3; do for rate in 0.01% 0.1% 1%; do for c in $checks; do
            plant $name.csv "$c=$rate" $seed "$@"; missing "$c"
        done; done; done
    fi
    echo "$name: recall 1, precision 0.99 unless told above"
}

n=${full:+100000}; n=${n:-10000}
ticks $n 1 >ticks.csv; bars $n 1 >bars.csv; signals $n 1 >signals.csv; chains $((n / 52)) 1 >chains.csv
run ticks "$of_ticks" "${tick_options[@]}"
run bars "$of_bars" "${bar_options[@]}"
run chains "$of_chains" "${chain_options[@]}"
run signals "$of_signals" "${signal_options[@]}"
if [ -n "$full" ]; then
    ticks 1000000 2 >ticks.csv; bars 1000000 2 >bars.csv; chains 19000 2 >chains.csv
    for rate in 0.01% 0.1% 1%; do
        plant ticks.csv all=$rate 5 "${tick_options[@]}"; plant bars.csv all=$rate 5 "${bar_options[@]}"
        plant chains.csv all=$rate 5 "${chain_options[@]}"
    done
fi
echo "-- where a file lies"
mkdir -p in/bar/equity/S0 out/bar/equity/S0
bars 4000 3 | awk -F, 'NR == 1 || ($2 == "S0" && $1 ~ /^2023-01-05/)' >in/bar/equity/S0/2023-01-05.csv
place=(--location KIND/ASSET/SYMBOL/DATE --calendar XNYS)
for seed in 1 2; do
    oc-validate -q "${place[@]}" --inject location_symbol=2%,location_date=2% --labels labels.csv --seed $seed \
        in/bar/equity/S0/2023-01-05.csv -o out/bar/equity/S0/2023-01-05.csv
    oc-validate -q "${place[@]}" --samples all --checks checks.csv out/bar/equity/S0/2023-01-05.csv -o good.csv 2>err
    oc-validate -q --score checks.csv --truth labels.csv -o score.csv 2>err || cat err
    missing "location_symbol location_date"
done
