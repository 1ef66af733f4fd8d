# a million steps in the memory of one: factors, and (at full size) a small chain
if [[ $BUILD_DIR == *san* ]]; then
    echo "skip cmd/oc-step/memory: a sanitizer needs memory of its own"
    exit
fi
W="--symbol XYZ --ts 2026-11-30T21:00Z --spot 100 --rate 1% --dividend-yield 0% --model heston:v0=0.04,kappa=2,theta=0.04,xi=0.5,rho=-0.7"
peak() { # WHAT STATS
    sed 's/.*"peak_memory_bytes":\([^,}]*\).*/\1/' "$2" | awk -v what="$1" '{ print what ": " ($1 > 0 && $1 <= 16 * 1048576 ? "within 16 MB" : $1) }'
}
oc-step $W --factors --step 1m --steps 1000000 -O arrow --stats s.json | oc-cat --keep step,spot -O arrow | oc-cat --where 'step == 999999' -O csv | wc -l
peak "factors" s.json
oc-step $W --schedule daily:2 --vol 20% --strikes 5 --chain-size 1 --step 1m --steps $([ -n "${OC_FULL:-}" ] && echo 1000000 || echo 20000) -O arrow --stats s.json |
    cat >/dev/null
peak "chains" s.json
