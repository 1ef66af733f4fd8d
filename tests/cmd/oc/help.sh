# Every program: help as text, JSON and mdoc; version; a reader that goes away; an output that refuses.
for p in oc oc-ingest oc-price oc-cat; do
    $p --help | sed -n 1p
    $p -h | cmp - <($p --help=text) && echo "  -h is --help=text"
    $p --version | sed 's/ [0-9.]*$/ N.N.N/'
    $p --help=json | awk 'NR == 1 && !/^{"program":"'$p'","title":/ { print "  JSON begins otherwise" }
        /^  {"name":/ { n++; if (!/"letter":.*"argument":.*"type":.*"choices":.*"default":.*"repeatable":.*"help":/) print }
        END { if (n < 2) print "  too few options" }'
    $p --help | awk 'length > 80 { print "  long: " $0 } / $/ { print "  blank at the end: " $0 }'
    $p --help=mdoc | head -n 1 >/dev/null      # a reader that goes away: nothing is said
    $p --help >/dev/full
    echo "  full: $?"
    $p --help >&-
    echo "  closed: $?"
    $p --bogus --help=json | head -c 10 >/dev/null
    $p --help=xml
    echo "  unknown form: $?"
done
