#!/usr/bin/env bash
# polars - Arrow streams and files against npm's nodejs-polars, both ways.
NAME=polars
. "$(dirname "$0")/common.bash"
node -e 'require("nodejs-polars")' 2>/dev/null || skip "npm package nodejs-polars is not installed"

for form in pipe.arrows regular.arrows layout.arrow zstd.arrows zstd.arrow; do
    node "$here/polars.js" read "$work/$form" >"$work/got.tsv" 2>"$work/err"
    same "our $form" "$work/expect.tsv" "$work/got.tsv"
done
options=(--tz UTC)   # its JavaScript interface drops the zone of an instant, so these are local times
for form in stream stream-categorical stream-zstd stream-lz4 file file-categorical-lz4 file-zstd; do
    node "$here/polars.js" write "$form" "$work/theirs" 2>"$work/err" || cat "$work/err"
    theirs "its $form" "$work/theirs"
done
