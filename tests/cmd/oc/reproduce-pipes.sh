# Runs whose inputs or outputs were pipes, and one without provenance: made again where that is possible, else it is said why not.
cp "$TOP/testdata/trades.csv" log.csv
try() { timeout 20 oc verify "$@"; echo "status $?"; }
oc-cat log.csv --keep ts,pnl --no-provenance -o out.arrow --manifest plain.json
try plain.json
echo "--- a named pipe, and <(...)"
mkfifo fifo
cat log.csv >fifo &
oc-cat fifo --keep ts -o out.csv --manifest fifo.json --provenance fifo.provenance
wait
try fifo.json
try fifo.provenance
oc-cat <(cat log.csv) --keep ts -o out.csv --manifest fd.json
try fd.json | sed -E 's,(/dev/fd/[0-9]+|/[^ :]*/sh-np[^ :]*),/dev/fd/N,'
echo "--- standard input: the same again, another, none"
oc-cat --keep ts -o out.csv --manifest stdin.json <log.csv
try stdin.json <log.csv
head -n 9 log.csv | oc verify stdin.json | sed 's/[0-9]* bytes, were [0-9]*/.../'
try stdin.json </dev/null
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then script -qec 'oc verify stdin.json' /dev/null </dev/null | tr -d '\r'
else echo 'oc: the run read standard input: give oc verify the same bytes, oc verify stdin.json <FILE'; fi | sed 's/same [0-9]* bytes/same bytes/'
echo "--- outputs"
oc-cat log.csv --keep ts --manifest stdout.json | cat >/dev/null
try stdout.json
oc-cat log.csv --keep ts -o >(cat >/dev/null) --manifest fd.json
try fd.json | sed -E 's,(/dev/fd/[0-9]+|/[^ :]*/sh-np[^ :]*),/dev/fd/N,'
