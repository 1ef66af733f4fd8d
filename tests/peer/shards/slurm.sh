# Shards as a Slurm array on two nodes: the bytes of the whole run; under OC_FULL one node is killed in mid-run.
name=shards-slurm
. tests/peer/shards/common.bash
if ! command -v slurmctld >/dev/null || [ "$(id -u)" -ne 0 ]; then
    rm -rf "$dir"
    echo "skip $name: no Slurm, or not root"
    exit 0
fi
chmod 755 "$dir"
trap 'tests/servers/slurm stop "$dir/slurm"; rm -rf "$dir"' EXIT
if ! conf=$(tests/servers/slurm start "$dir/slurm" 2>"$dir/err"); then
    not_ok "Slurm does not start" "$dir/err"
    exit 1
fi
export SLURM_CONF=$conf

finished() { # JOB SECONDS : wait for the merge
    local i state
    for ((i = 0; i < $2; i++)); do
        state=$(squeue -h -j "$1" -o %T 2>/dev/null)
        [ -n "$state" ] || return 0
        sleep 1
    done
    squeue >"$dir/log" 2>&1
    return 1
}

job=$(scripts/slurm-array 4 "$dir/out.csv" "${run[@]}" 2>"$dir/log") || not_ok "an array of four" "$dir/log"
finished "$job" 90 || not_ok "the array is not done after 90 s" "$dir/log"
same "an array of four on two nodes" "$dir/out.csv"

rm "$dir/out.csv" "$dir/out.csv.shards/2.arrows"
job=$(scripts/slurm-array 4 "$dir/out.csv" "${run[@]}" 2>"$dir/log") || not_ok "a task submitted again" "$dir/log"
finished "$job" 60 || not_ok "the lost task is not done after 60 s" "$dir/log"
same "one task submitted again" "$dir/out.csv"

if [ -n "${OC_FULL:-}" ]; then
    rm -rf "$dir/out.csv" "$dir/out.csv.shards"
    slow=(sh -c 'sleep 6; exec "$@"' slow "${run[@]}")
    job=$(scripts/slurm-array 6 "$dir/out.csv" "${slow[@]}" 2>"$dir/log")
    sleep 8         # the second pair of tasks is at work
    pkill -KILL -f "slurmstepd: \[.*" 2>/dev/null
    kill -KILL "$(cat "$dir/slurm/slurmd.n1.pid")"
    finished "$job" 400 || not_ok "a node was killed: not done after 400 s" "$dir/log"
    same "a node killed in mid-run" "$dir/out.csv"
fi
