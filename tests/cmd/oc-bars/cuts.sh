# Random ticks, kinds, options and cuts: the parts with --state are the whole, byte for byte, and so are blocks and threads.
# OC_FULL=1 has more of them; a case is named by its seed, `SEED=7` runs that one alone.
ticks() { # SEED: up to 700 ticks of up to three symbols, with quotes, empty cells, clocks that are set, sudden decimals
    awk -v seed="$1" 'function rnd(n) { s = (s * 16807) % 2147483647; return int(s / 7) % n }
        BEGIN { s = 1000003 * seed + 12345; s %= 2147483647; for (i = 0; i < 9; i++) rnd(2)
            print "ts,symbol,event,side,price,size,bid,ask"; split("trade trade quote both ", E, " "); split("1 40 3000 400000 5000000", U, " ")
            n = rnd(5) ? 1 + rnd(700) : 1 + rnd(9); k = 1 + rnd(3); unit = U[1 + rnd(5)]; t = 1793370000000      # 2026-10-30T13:00Z
            for (i = 0; i < n; i++) { y = rnd(k); t += rnd(3) ? rnd(unit) : 0; p[y] += rnd(9) - 4; d = rnd(200) ? 2 : 5
                price = 50 + y * 1000 + p[y] / 100 + (d == 5 ? rnd(1000) / 1e5 : 0); e = E[1 + rnd(4)]; side = rnd(3) ? "" : rnd(2) ? "B" : "S"
                size = rnd(4) ? rnd(400) : rnd(9) ? rnd(5000) / 1000 : 0; bid = ask = ""
                if (e != "trade") { bid = sprintf("%.*f", d, price - (rnd(4) - 1) / 100); ask = sprintf("%.*f", d, price + (rnd(4) - 1) / 100) }
                printf "%d.%03d,S%d,%s,%s,%s,%s,%s,%s\n", t / 1000, t % 1000, y, e, side, e == "quote" ? "" : sprintf("%.*f", d, price), e == "quote" ? "" : size, bid, ask } }'
}
one_case() { # SEED
    local i parts=() from=1 head=0 cut kinds=() all args=()
    RANDOM=$1
    ticks "$1" >t.csv
    local n=$(($(wc -l <t.csv) - 1)) price=trade
    [ $((RANDOM % 4)) = 0 ] && { local of=(mid bid ask); price=${of[RANDOM % 3]}; }
    all=(every=1s every=45m every=1m every=90m every=1h every=1d every=1w tick=1 tick=7 range=0.3 renko=0.25 renko=0.5 tick-imbalance=4
         tick-imbalance=ewma:5 tick-imbalance=ewma:5:3:9)
    [ $price = trade ] && all+=(volume=300 volume=0.5 dollar=20000 volume-imbalance=700 volume-imbalance=ewma:3)
    for ((i = RANDOM % 7; i >= 0; i--)); do kinds[RANDOM % ${#all[@]}]=1; done
    for i in "${!kinds[@]}"; do args+=(--"${all[i]%%=*}" "${all[i]#*=}"); done
    args+=(--price $price --ts-unit s)
    local w=(auto side lee-ready tick) h=(all extended regular) a=(session clock) l=(1s 30s 5m)
    args+=(--classify "${w[RANDOM % 4]}")
    case $((RANDOM % 3)) in
        0) args+=(--calendar XNYS --hours "${h[RANDOM % 3]}" --align "${a[RANDOM % 2]}") ;;
        1) args+=(--tz America/New_York) ;;
    esac
    [ $((RANDOM % 3)) = 0 ] && [[ "${args[*]}" != *"every 1s"* ]] && args+=(--fill)
    case $((RANDOM % 3)) in
        1) args+=(--metadata 2) ;;
        2) args+=(--metadata 3 --delay "${l[RANDOM % 3]}"); [ $price = trade ] && args+=(--vpin 100:3) ;;
    esac
    oc-bars "${args[@]}" t.csv >whole.csv || { echo "seed $1: ${args[*]}"; return; }
    oc-bars "${args[@]}" --batch-rows $((1 + RANDOM % 50)) -j 2 t.csv | cmp -s - whole.csv || echo "seed $1, blocks: ${args[*]}"
    for ((i = RANDOM % 4; i >= 0; i--)); do parts[1 + RANDOM % (n + 1)]=1; done         # a part may be empty
    parts[n + 1]=1
    rm -f state
    { for cut in "${!parts[@]}"; do
        awk -v from=$from -v to="$cut" 'NR == 1 || (NR > from && NR <= to)' t.csv >part
        [ "$cut" = $((n + 1)) ] && args+=(--last)
        oc-bars "${args[@]}" --state state part | tail -n +$((head + 1))
        from=$cut head=1
    done; } | cmp -s - whole.csv || echo "seed $1, parts ${!parts[*]}: ${args[*]}"
    bars=$((bars + $(wc -l <whole.csv) - 1))
}
bars=0
for seed in ${SEED:-$(seq 1 "$([ -n "${OC_FULL:-}" ] && echo 1000 || echo 25)")}; do one_case "$seed"; done
[ $bars -gt 5000 ] && echo "more than 5000 bars"
