# Clean streams to plant faults in: ticks ROWS SEED, bars ROWS SEED, chains STEPS SEED, signals ROWS SEED, on standard output.
random='function rnd() { x = x * 16807 % 2147483647; return x / 2147483647 }'       # the same in every awk

ticks() { # 4 symbols, trades with quotes, 20 sessions of XNYS in September 2024
    awk -v n="$1" -v x="$((${2} + 7))" "$random"'
    function put(t,  d, h) { d = int(t / 86400); h = t - d * 86400
        return sprintf("2024-09-%02dT%02d:%02d:%06.3fZ", d, int(h / 3600), int(h % 3600 / 60), h % 60) }
    BEGIN { print "ts,symbol,price,size,bid,ask,bid_size,ask_size,seq,recv_ts"
        nd = split("3 4 5 6 9 10 11 12 13 16 17 18 19 20 23 24 25 26 27 30", day)
        for (s = 0; s < 4; s++) p[s] = 5000 * (s + 1)
        for (i = 0; i < n; i++) {
            f = i * nd / n; t = day[1 + int(f)] * 86400 + 48600 + (f - int(f)) * 23400; s = int(4 * rnd())
            p[s] += int(7 * rnd()) - 3; if (p[s] < 2000) p[s] += 10
            b = p[s] - 1 - int(2 * rnd()); a = p[s] + 1 + int(2 * rnd())
            printf "%s,S%d,%.2f,%d,%.2f,%.2f,%d,%d,%d,%s\n", put(t), s, p[s] / 100, 1 + int(900 * rnd()), b / 100, a / 100,
                1 + i % 50, 1 + int(50 * rnd()), i, put(t + 0.004)
        } }'
}

bars() { # one-minute bars in the sessions of 2023, of as many symbols as it takes
    awk -v n="$1" -v x="$((${2} + 7))" "$random"'
    function date(d,  m) { for (m = 1; d > len[m]; m++) d -= len[m]; return sprintf("2023-%02d-%02d", m, d) }
    BEGIN { print "ts,symbol,interval,open,high,low,close,volume"
        split("31 28 31 30 31 30 31 31 30 31 30 31", len)
        nh = split("2 16 51 97 149 170 185 247 327 359", h); for (i = 1; i <= nh; i++) off[h[i]] = 1
        k = int((n - 1) / 95000) + 1                                            # symbols
        for (s = 0; s < k; s++) p[s] = 10000 * (s + 1)
        for (d = 1; rows < n && d <= 365; d++) { if ((d + 5) % 7 >= 5 || off[d]) continue
            utc = d > 70 && d < 309 ? 810 : 870; m1 = d == 184 || d == 328 ? 210 : 390
            for (m = 0; m < m1 && rows < n; m++) for (s = 0; s < k; s++) {
                o = p[s]; c = o + int(41 * rnd()) - 20; if (c < 3000) c += 50; p[s] = c
                hi = (o > c ? o : c) + int(12 * rnd()); lo = (o < c ? o : c) - int(12 * rnd()); t = utc + m
                printf "%sT%02d:%02d:00Z,S%d,1m,%.2f,%.2f,%.2f,%.2f,%d\n", date(d), t / 60, t % 60, s, o / 100, hi / 100,
                    lo / 100, c / 100, 500 + 1500 * rnd() * (1 + rnd())
                rows++ } } }'
}

chains() { # two expiries of 13 strikes every five minutes
    oc-step --symbol SPX --ts 2026-11-24T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule 2027-01-15,2027-02-19 \
        --strikes 50 --chain-size 6 --ladder pinned --surface ssvi:atm=18%,rho=-0.6,eta=1.2,gamma=0.5 \
        --model geometric_brownian:volatility=20% --clock sessions --step 5m --steps "$1" --seed "$2" --sizes
}

signals() { # fills with stops and targets that pass
    awk -v n="$1" -v x="$((${2} + 7))" "$random"'
    BEGIN { print "ts,symbol,side,quantity,price,stop,target,equity,trade_id"
        for (i = 0; i < n; i++) { e = 50 + 100 * rnd(); up = rnd() < 0.5 ? 1 : -1; d = e * (0.01 + 0.05 * rnd())
            printf "2024-09-%02dT%02d:%02d:%02dZ,S%d,%s,%d,%.2f,%.2f,%.2f,%d,t%d\n", 2 + int(i / 40000) % 28, 13 + i / 6000 % 7, i / 100 % 60,
                i % 60, i % 3, (up > 0 ? "buy" : "sell"), 1 + int(10 * rnd()), e, e - up * d, e + up * d * (1.5 + rnd()), 100000, i } }' |
        (read -r h; echo "$h"; sort -s -t, -k1,1)
}

# plant FILE SPEC SEED OPTION...: plants, checks, scores; says what fell short, or how many checks did not
plant() {
    local file=$1 spec=$2 seed=$3; shift 3
    oc-validate -q "$@" --inject "$spec" --labels labels.csv --seed "$seed" "$file" -o bad.csv || return
    oc-validate -q "$@" --samples all --checks checks.csv bad.csv -o good.csv 2>err || [ $? -eq 4 ] || { cat err; return 1; }
    oc-validate -q --score checks.csv --truth labels.csv -o score.csv 2>err || cat err
}
