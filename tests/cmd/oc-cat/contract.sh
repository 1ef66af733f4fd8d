# Every name and alias of COLUMNS.md is in the tables in C.
[ -e "$SHARED/COLUMNS.md" ] || { echo "skip contract: no $SHARED/COLUMNS.md"; exit 0; }
for k in $(oc-cat --list-kinds | cut -f 1); do oc-cat --list-columns $k; done >all
{ cut -f 1 all; cut -f 5 all | tr ' ' '\n'; oc-cat --list-kinds | cut -f 1; } | sort -u >known
# rows of the tables but those of models: names in the first cell, aliases behind an arrow
awk -F '|' '
    /^## / { on = /Columns that many|Option terms|other kinds/ || /^## Models/ }
    /^\| model \| parameters/ { on = 0 }
    /^## The other/ { on = 1 }
    !on || !/^\| [`*]/ { next }
    {
        gsub(/\\\|/, "/")
        n = split($0, cell, "|")
        names(cell[2])
        while ((i = index($0, "←")) > 0) { $0 = substr($0, i + length("←")); names(behind($0)) }
    }
    function behind(s) { sub(/\..*|, or|; (below|an|rules|above).*|( \|.*)/, "", s); return s }
    function names(s,   p) {
        while (match(s, /`[^`]*`/)) {
            p = substr(s, RSTART + 1, RLENGTH - 2); s = substr(s, RSTART + RLENGTH)
            k = split(p, w, /, */); for (j = 1; j <= k; j++) if (w[j] ~ /^[a-z][a-z_0-9]*$/) print w[j]
        }
    }' "$SHARED/COLUMNS.md" | sort -u >wanted
[ "$(wc -l <wanted)" -gt 300 ] || echo "only $(wc -l <wanted) names were found in COLUMNS.md"
comm -23 wanted known
