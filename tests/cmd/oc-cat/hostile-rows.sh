# Malformed text: the error tells file, line and cell; the records before it are written; --on-error says what else.
q='ts,symbol,type,strike,expiry,bid,ask'
r='2026-01-05T15:00:00Z,SPX,C,5000,2026-06-19,1.5,2'
try() { # NAME ARGUMENTS… : input on stdin
    local name=$1
    shift
    cat >"$name.csv"
    oc-cat "$@" "$name.csv" >out
    echo "$name: status $?, $(wc -l <out) lines"
}
printf '%s\n%s\n%s,extra\n%s\n' "$q" "$r" "$r" "$r" | try ragged-long
printf '%s\n%s\nonly,three,cells\n%s\n' "$q" "$r" "$r" | try ragged-short
printf '%s\n%s\n2026-01-05T15:00:00Z,"SPX,C,5000\n%s\n' "$q" "$r" "$r" | try open-quote
printf '%s\n%s\n2026-01-05T15:00:00Z,SP"X,C,5000,2026-06-19,1,2\n' "$q" "$r" | try quote-inside
printf '%s\n%s\n2026-01-05T15:00:00Z,S\0X,C,5000,2026-06-19,1,2\n' "$q" "$r" | try nul
{ echo "$q"; for i in $(seq 20000); do echo "$r"; done; printf 'a\0b,SPX,C,5000,2026-06-19,1,2\n'; } | try nul-late
printf 'strike,bid,strike\n1,2,3\n' | try doubled
printf 'strike,bid,STRIKE_PRICE\n1,2,3\n' | try doubled-alias
printf '%s\n%s\n%s\n' "$q" "$r" "${r/1.5/1e400}" | try huge-number --where 'bid > 0'
printf '%s\n%s\n%s\n' "$q" "$r" "${r/1.5/x}" | try not-a-number --where 'bid > 0'
printf '\xff\xfea\0,\0b\0\n\0' | try utf-16
printf '\x7fELF\x02\x01\x01\0\0\0\0\0' | try binary
printf '' | try empty
printf '%s\n' "$q" | try header-only
printf '\n\n' | try blank

echo '-- skipped rows'
printf '%s\n%s\n%s,extra\n%s\n' "$q" "$r" "$r" "$r" >in.csv
oc-cat --on-error skip --rejects bad.csv in.csv
echo "status $?"
cat bad.csv
oc-cat --on-error skip in.csv
echo "without --rejects: status $?"
oc-cat --on-error na --where 'bid > 0' not-a-number.csv
echo "na: status $?"
