# No input and a terminal on stdin: usage, status 2.  `-` asks for it.
if ! script -qec true /dev/null >/dev/null 2>&1; then
    echo "skip oc/terminal: no script(1)"
    exit 0
fi
for p in oc-cat oc-price "oc-ingest --preset yahoo-options"; do
    script -qec "$p; echo status \$?" /dev/null </dev/null | tr -d '\r' | sed 's/\^D//; s/\x08//g'
done
