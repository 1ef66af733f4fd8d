# the same bytes: n steps of n + m, printed steps alone, threads, instruction sets, formats, paths by themselves
H="--model heston:v0=0.04,kappa=2,theta=0.04,xi=0.5,rho=-0.7"
C="--symbol SPX --ts 2026-11-20T21:00Z --spot 5000 --rate 4% --dividend-yield 1.3% --schedule weekly:2,monthly:2 --strikes 25
   --chain-size 5 --step 1d --seed 42 --greeks delta,gamma"
same() { # NAME FILE FILE
    cmp -s "$2" "$3" && echo "$1: the same" || { echo "$1: differ"; cmp "$2" "$3"; }
}
for how in "--vol 20% --smile=-0.2,0.3" "--vol 20% --stick strike --ladder pinned" "--stick model" "--vol 20% --sizes --factors"; do
    echo "## $how"
    oc-step $C $H $how --steps 120 >all
    oc-step $C $H $how --steps 170 -j2 | head -c "$(wc -c <all)" >head
    same "120 of 170 steps" all head
    oc-step $C $H $how --steps 120 --from-step 50 --to-step 61 >some
    awk -F, 'NR == 1 || ($3 >= 50 && $3 <= 61)' all >want
    same "steps 50 to 61" want some
    oc-step $C $H $how --steps 120 -O arrow | oc-cat -O csv >arrow
    same "by Arrow" all arrow
    for isa in avx2 base; do
        OC_ISA=$isa oc-step $C $H $how --steps 30 >isa
        head -n "$(wc -l <isa)" all >want
        same $isa want isa
    done
    oc-step $C $H $how --steps 20 --paths 3 -j2 >paths
    awk -F, 'NR == 1 || $2 == 0' paths >first
    oc-step $C $H $how --steps 20 >want
    same "path 0 of 3" want first
    awk -F, 'NR > 1 { print $2 }' paths | uniq -c | awk '{ print $2 }' | xargs echo paths
done
# another seed, another model, another clock: another run
for o in "--seed 1" "--step 2d" "--rate 5%" "--clock sessions"; do oc-step $C $H --vol 20% --steps 1 $o --factors | tail -n 1 | cut -d, -f1; done | sort -u | wc -l
