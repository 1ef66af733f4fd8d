# A caller that ignores SIGPIPE (Python does) hands that down; the programs die of it all the same, silently.
printf 'ts,symbol,price\n' >ticks.csv
yes '2026-01-05T15:00:00Z,SPX,5000.25' | head -n 200000 >>ticks.csv
(
    trap '' PIPE
    oc-cat --kind tick ticks.csv | head -n 1
    echo "${PIPESTATUS[*]}"
    oc cat --kind tick -O arrow ticks.csv | head -c 4 | wc -c
    echo "${PIPESTATUS[*]}"
)
