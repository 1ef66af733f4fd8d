# Recall 1 and precision 0.99 of what --inject plants on request only (halts, whole shifts, gaps of contracts), and of
# what has to be broken by hand: cells that cannot be read, files that lie elsewhere; figures of signals against what was
# planted.  OC_FULL: 10^5 records, each check at 0.01 %, 0.1 % and 1 %, three seeds; else small.
. "$TOP/tests/cmd/oc-validate/streams.bash"
full=${OC_FULL:-}
n=${full:+100000}; n=${n:-6000}
rates="0.1% 1%" seeds=1
[ -z "$full" ] || { rates="0.01% 0.1% 1%"; seeds="1 2 3"; }

missing() { for c in $1; do grep -q "^$c," labels.csv || echo "no $c at $rate, seed $seed"; done; }
each() { # FILE CHECKS OPTION...
    local file=$1 checks=$2; shift 2
    oc-validate "$@" "$file" -o /dev/null -O csv        # what is found where nothing was planted
    for seed in $seeds; do for rate in $rates; do for c in $checks; do
        plant "$file" "$c=$rate" "$seed" "$@"; missing "$c"
    done; done; done
    echo "$file: recall 1, precision 0.99 unless told above"
}
score() { # checks.csv against labels.csv that were made by hand
    [ "$(wc -l <labels.csv)" -gt 1 ] || echo "nothing was broken"
    oc-validate -q --score checks.csv --truth labels.csv -o score.csv 2>err || cat err
}

echo "-- halts"
o=(--calendar XNYS --breaker --skip outlier,unit,jump,stale,gap --set breaker_volume=4)    # thirty sizes have small means at times
ticks $n 1 >ticks.csv
bars $n 1 | awk -F, -v OFS=, 'NR > 1 { for (i = 4; i < 8; i++) $i += 1000 } { print }' >bars.csv     # no day moves by 7 %
each ticks.csv "breaker_price breaker_volatility breaker_volume breaker_spread" "${o[@]}"
each bars.csv "breaker_price breaker_volatility breaker_volume" "${o[@]}"
oc-validate -q "${o[@]}" --inject all=.5% --labels one.l ticks.csv >one.csv
oc-validate -q "${o[@]}" --batch-rows 77 -j 3 --inject all=.5% --labels l.csv ticks.csv >l &&
    cmp l one.csv && cmp one.l l.csv && echo "the same bytes"
plant ticks.csv all=.5% 3 "${o[@]}"
for c in price volatility volume spread; do grep -q "^breaker_$c," labels.csv || echo "no $c"; done

echo "-- shifts of whole instruments: the rate is theirs"
weeks() { # INSTRUMENTS: half-hour bars of three days of a week
    awk -v n="$1" 'BEGIN { print "ts,symbol,interval,open,high,low,close"
        for (d = 6; d < 9; d++) for (m = 870; m < 1260; m += 30) for (i = 0; i < n; i++)
            printf "2024-02-%02dT%02d:%02d:00Z,S%d,30m,10,10,10,10\n", d, m / 60, m % 60, i }'
}
if [ -n "$full" ]; then weeks 20000 >weeks.csv; else weeks 200 >weeks.csv; rates=3%; fi
each weeks.csv tz_shift --calendar XNYS --only-checks tz_shift,tz_dst
rates=${full:+"0.01% 0.1% "}1%
ticks $n 1 >ticks.csv
plant ticks.csv tz_shift=50% 3 --calendar XNYS --set gap=2400; seed=3; missing tz_shift

echo "-- gaps and shifted weeks of contracts"
slow() { # STEPS
    oc-step --symbol SPX --ts 2026-11-24T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule 2028-12-15 --strikes 500 \
        --chain-size 1 --ladder pinned --surface ssvi:atm=18%,rho=-0.6,eta=1.2,gamma=0.5 --model geometric_brownian:volatility=20% \
        --clock sessions --step 15m --steps "$1" --seed 1 --sizes
}
[ -n "$full" ] && slow 12500 >chains.csv || slow 900 >chains.csv
each chains.csv gap --calendar XCBO --set gap=901
rates=${full:+"0.01% 0.1% "}1%
each chains.csv tz_dst --calendar XCBO --set gap=901

echo "-- records that cannot be read"
for share in ${full:+10000} 1000 100; do
    awk -F, -v OFS=, -v every=$share -v x=$((share + 7)) "$random"'
    function label() { print "unreadable,failed," NR >"labels.csv" }
    NR == 1 { print "check,severity,line" >"labels.csv"; print; next }
    rnd() * every < 1 { k = int(6 * rnd()); label()
        if (k == 0) $3 = "5O.1"                         # a letter for a digit
        if (k == 1) $3 = "1.2.3"
        if (k == 2) { NF-- }                            # cut
        if (k == 3) { $(NF + 1) = 7 }                   # a cell more
        if (k == 4) $1 = "2024-02-30T14:00:00Z"
        if (k == 5) $4 = "1e999" }
    { print }' ticks.csv >bad.csv
    oc-validate -q --calendar XNYS --set gap=86400 --samples all --checks checks.csv bad.csv -o good.csv 2>err; [ $? -eq 4 ] || cat err
    score
done

echo "-- files that lie elsewhere"
N=${full:+10000}; N=${N:-300}
for share in ${full:+10000 1000} 100; do
    rm -rf tree; mkdir -p tree/{bar,tick,tock}/{equity,option,stuff}
    echo check,severity,file >labels.csv
    for ((i = 0; i < N; i++)); do
        at=tick/equity/S$i/2024-07-02
        case $((i % share)) in
        3) at=bar/equity/S$i/2024-07-02; wrong=location_kind ;;
        5) at=tick/option/S$i/2024-07-02; wrong=location_asset ;;
        7) at=tick/equity/S$i/2024-13-02; wrong=location ;;
        9) at=S$i; wrong=location ;;
        11) at=tock/equity/S$i/2024-07-02; wrong=location_kind ;;
        13) at=tick/stuff/S$i/2024-07-02; wrong=location_asset ;;
        *) wrong= ;;
        esac
        mkdir -p "tree/${at%/*}"
        printf 'ts,symbol,price\n2024-07-02T14:00:00Z,S%d,1\n' $i >"tree/$at.csv"
        echo "tree/$at.csv"
        [ -z "$wrong" ] || echo "$wrong,failed,tree/$at.csv" >>labels.csv
    done >list
    xargs -n 100000 -s 1800000 oc-validate -q --location KIND/ASSET/SYMBOL/DATE --samples all --checks checks.csv -o good.csv <list 2>/dev/null
    score
    echo "$(grep -c . list) files, $(($(wc -l <labels.csv) - 1)) wrong" >>sizes
done
printf "10000 files, %d wrong\n" 6 60 600 >want; [ -n "$full" ] || echo "300 files, 18 wrong" >want; cmp want sizes && echo "as many as meant"

echo "-- the number of failed signals in each hundred, against the labels"
signals $n 1 >signals.csv
for rate in ${full:+0.01% 0.1%} 1%; do
    oc-validate -q --inject stop_side=$rate,target_side=$rate,risk=$rate,quantity=$rate --labels labels.csv signals.csv -o bad.csv
    oc-validate -q --samples all --checks checks.csv bad.csv -o good.csv 2>/dev/null
    oc-cat labels.csv --keep line | awk 'NR > 1 { n[int(($1 - 2) / 100)]++ } END { for (b in n) print b, n[b] }' | sort >want
    oc-cat checks.csv --where 'check == "signals" && count > 0' --keep row_key,count | sed 's/signals //' |
        awk -F'[-,]' 'NR > 1 && $1 != "" { print ($1 - 1) / 100, $3 }' | sort >got
    [ -s want ] && cmp want got || echo "not equal at $rate"
done
