# common - what the tests against foreign Arrow implementations share: the data, our streams of it, and a line for each
# comparison.  Sourced by the scripts; NAME is the peer.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
build=${BUILD_DIR:-$top/build} here=$top/tests/peer/arrow
export NODE_PATH=$top/tests/peer/node/node_modules PATH=$build/bin:$PATH LC_ALL=C
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT

skip() { echo "skip peer/arrow/$NAME: $1"; exit 0; }
fail() { echo "not ok peer/arrow/$NAME: $1"; exit 1; }
[ -x "$build/bin/oc-cat" ] || fail "no $build/bin/oc-cat: run make"
command -v node >/dev/null || skip "no node"

options=()          # of oc-cat, to read what the peer wrote

same() { # WHAT EXPECTED GOT : one line
    if cmp -s "$2" "$3"; then
        echo "ok peer/arrow/$NAME: $1"
    else
        echo "not ok peer/arrow/$NAME: $1 differs"
        diff "$2" "$3" | head -n 4 | cut -c1-300 | sed 's/^/# /'
        head -n 3 "$work/err" 2>/dev/null | sed 's/^/# /'
    fi
}

theirs() { # WHAT ARROW-FILE [EXPECTED.csv] : a stream of the peer's, read by us
    oc-cat --kind quote "${options[@]}" -O csv "$2" >"$work/back.csv" 2>"$work/err"
    same "$1, read by us" "${3:-$work/data.csv}" "$work/back.csv"
}

# data.csv, expect.tsv; ours as a stream from a pipe, as a regular file, in the file layout, and compressed
node "$here/data.js" "$work" || fail "data.js ended with status $?"
oc-cat --kind quote -O arrow "$work/data.csv" | cat >"$work/pipe.arrows"
oc-cat --kind quote "$work/data.csv" -o "$work/regular.arrows"
oc-cat --kind quote "$work/data.csv" -o "$work/layout.arrow"
oc-cat --kind quote "$work/data.csv" --compress 1 -O arrow | cat >"$work/zstd.arrows"
oc-cat --kind quote "$work/data.csv" --compress 1 -o "$work/zstd.arrow"
