# scripts/slurm-array with a stand-in for sbatch: only what is missing is submitted; shards of another run are never merged.
mkdir bin
cat >bin/sbatch <<'SH'
#!/bin/bash
array= script=$(cat)
for word; do case $word in --array=*) array=${word#*=} ;; esac; done
echo "submitted ${array:-the merge}" >&2
for SLURM_ARRAY_TASK_ID in ${array//,/ } ${array:-0}; do
    export SLURM_ARRAY_TASK_ID
    bash -c "$script" >>log 2>&1
    [ -n "$array" ] || break
done
echo 7
SH
chmod +x bin/sbatch
export PATH=$PWD/bin:$PATH
cp "$TOP/testdata/trades.csv" log.csv
submit() { "$TOP/scripts/slurm-array" 3 out.csv oc-mc trades --block 10 "$@" log.csv >/dev/null 2>err; echo "status $?"; grep submitted err; sed -n 's,.*/out,out,p' err; }
check() { oc-mc trades --block 10 "$@" log.csv | cmp - out.csv && echo same; }
submit --paths 9000; check --paths 9000
echo "-- one is lost"
rm out.csv out.csv.shards/2.arrows
submit --paths 9000; check --paths 9000
echo "-- another seed, another content: refused, and nothing is submitted"
rm out.csv
submit --paths 9000 --seed 2; ls out.csv
sed -i 's/T007/X007/' log.csv
submit --paths 9000; ls out.csv
sed -i 's/X007/T007/' log.csv
submit --paths 9000; check --paths 9000
echo "-- shards that something else made: each task looks at its own"
rm -f out.csv out.csv.shards/run
submit --paths 9000 --seed 2; check --paths 9000 --seed 2
rm -r out.csv out.csv.shards
submit --paths 9000 --seed 3; check --paths 9000 --seed 3
