# --columns of a file; the kinds and their columns.
printf 'Quote_DateTime,strike,right,best_bid,Mine\n' >a.csv
oc-cat --columns a.csv
oc-cat --list-kinds
oc-cat --list-columns bar
oc-cat --list-columns bars; echo "status $?"
