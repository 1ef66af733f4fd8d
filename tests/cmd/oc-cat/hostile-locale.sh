# A locale with a decimal comma changes no byte, of data or of messages.
if ! localedef -i de_DE -f UTF-8 "$PWD/de_DE.UTF-8" 2>/dev/null && [ ! -d "$PWD/de_DE.UTF-8" ]; then
    echo "skip hostile-locale: the locale de_DE cannot be made here"
    exit 0
fi
export LOCPATH=$PWD
"$BUILD_DIR/gen/chain" 2000 >in.csv
commands=(
    "oc-cat -O arrow in.csv | oc-cat -O csv --where 'strike > 100.5'"
    "oc-cat --table in.csv"
    "oc-cat -O jsonl in.csv"
    "oc-price --model bsm --rate 4.25% --dividend-yield 1.5% --greeks all in.csv"
)
for c in "${commands[@]}"; do
    LC_ALL=C bash -o pipefail -c "$c" >c.out 2>&1
    c=$?
    LC_ALL=de_DE.UTF-8 bash -o pipefail -c "${commands[n++]}" >de.out 2>&1
    echo "status $c $?, $(cmp c.out de.out && echo the same bytes)"
done

LC_ALL=de_DE.UTF-8 bash -c 'printf "the locale is in force: %.1f\n" 1,5'
