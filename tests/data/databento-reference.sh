# Databento's reference data: two lines of one MSFT dividend event; two reverse splits recorded at 2023-10-10T04:37:14Z.
d=$SHARED/data/databento_dbn
[ -e "$d" ] || { echo "skip databento-reference: no sample data"; exit 0; }
oc-ingest --preset databento-adjustment-factors $d/REFERENCE.adjustment-factors.jsonl --drop detail
oc-ingest --preset databento-corporate-actions $d/REFERENCE.corporate-actions.jsonl -k symbol,ex_date,dividend_type,proportion,event,recorded
