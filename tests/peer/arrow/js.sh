#!/usr/bin/env bash
# js - Arrow streams and files against npm's apache-arrow, both ways.
NAME=js
. "$(dirname "$0")/common.bash"
node -e 'require("apache-arrow")' 2>/dev/null || skip "npm package apache-arrow is not installed"

for form in pipe.arrows regular.arrows layout.arrow; do
    node "$here/js.js" read "$work/$form" >"$work/got.tsv" 2>"$work/err"
    same "our $form" "$work/expect.tsv" "$work/got.tsv"
done
for form in stream wide; do
    node "$here/js.js" write "$form" "$work/theirs" 2>"$work/err" || cat "$work/err"
    theirs "its $form" "$work/theirs"
done
# its files have no schema in front, which the format asks for: refused by name
node "$here/js.js" write file "$work/theirs" 2>"$work/err" || cat "$work/err"
if oc-cat --kind quote -O csv "$work/theirs" 2>"$work/err" >/dev/null; then
    echo "not ok peer/arrow/$NAME: its file without a schema was read"
elif grep -q 'no schema in front' "$work/err"; then
    echo "ok peer/arrow/$NAME: its file without a schema is refused by name"
else
    echo "not ok peer/arrow/$NAME: $(cat "$work/err")"
fi
