# A line without an end is refused by --max-record in bounded memory: 2 GB of it, within a 256 MB address space.
size=$([ -n "$OC_FULL" ] && echo 2G || echo 200M)
yes 0123456789,abcdefghijklmnopqrstuvwxyz | tr -d '\n' | head -c $size | (ulimit -v 262144 && oc-cat >out)
echo "status ${PIPESTATUS[*]}"
{ printf 'a,b\n1,2\n"'; yes 0123456789 | tr -d '\n' | head -c $size; } | (ulimit -v 262144 && oc-cat >out)
echo "quoted: status ${PIPESTATUS[1]}"
