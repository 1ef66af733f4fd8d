# A line without an end is refused by --max-record in bounded memory: 2 GB of it, within a 256 MB address space.
# (a sanitizer reserves more address space than that: no bound then)
bounded() { [[ $BUILD_DIR == *san* ]] || ulimit -v 262144; }
size=$([ -n "$OC_FULL" ] && echo 2G || echo 200M)
yes 0123456789,abcdefghijklmnopqrstuvwxyz | tr -d '\n' | head -c $size | (bounded && oc-cat >out)
echo "status ${PIPESTATUS[3]}"
{ printf 'type,strike\nC,5000\n"'; yes 0123456789 | tr -d '\n' | head -c $size; } | (bounded && oc-cat >out)
echo "quoted: status ${PIPESTATUS[1]}"
