# A state belongs to one run at a time, and to no other option.
printf '%s\n' ts,symbol,price,size 2026-11-20T14:30:00Z,A,10,5 2026-11-20T14:30:01Z,A,11,5 >a.csv
printf '%s\n' ts,symbol,price,size 2026-11-20T14:30:02Z,A,12,5 2026-11-20T14:31:02Z,A,7,5 >b.csv
try() { oc-bars --every 1m --keep ts,open,close,volume,complete "$@"; echo "status $?"; }
echo "## one file for two things"
try --state both -o both a.csv
try --state both --rejects both --on-error skip a.csv
try --state both --detect-jumps both a.csv
ls both 2>/dev/null
oc-bars --every 1m --state s a.csv >/dev/null
cp s good
echo "## another run has it"
(
    flock 9
    try --state s b.csv
) 9<s
cmp s good && echo "as it was"
echo "## another run wrote it while this one waited for its input"
{
    head -n 2 b.csv
    for _ in {1..300}; do
        grep -q ":$(stat -c %i s) " /proc/locks && break
        sleep 0.01
    done
    sleep 0.05
    cp good new
    mv new s
    tail -n +3 b.csv
} | try --state s
cmp s good && echo "as it was"
echo "## free again"
try --state s --last b.csv
