# Shards under GNU parallel: the bytes of the whole run, also after a shard was lost.
name=shards-parallel
. tests/peer/shards/common.bash
trap 'rm -rf "$dir"' EXIT
if ! command -v parallel >/dev/null; then echo "skip $name: no GNU parallel"; exit 0; fi

scripts/parallel-shards 5 "$dir/out.csv" "${run[@]}" >"$dir/log" 2>&1 || not_ok "five shards" "$dir/log"
same "five shards" "$dir/out.csv"
rm "$dir/out.csv" "$dir/out.csv.shards/3.arrows" "$dir/out.csv.shards/log"
touch -d '1 hour ago' "$dir"/out.csv.shards/[1245].arrows
scripts/parallel-shards 5 "$dir/out.csv" "${run[@]}" >"$dir/log" 2>&1 || not_ok "a lost shard" "$dir/log"
same "a shard that was lost" "$dir/out.csv"
if [ -z "$(find "$dir"/out.csv.shards/[1245].arrows -mmin -30)" ]; then ok "the others were not computed again"
else not_ok "shards that were there were computed again" "$dir/log"; fi
