# Members of zip archives are inputs of their own, in the archive's order and in one pass; what they are called tells the symbol.
command -v bsdtar >/dev/null || command -v python3 >/dev/null || { echo "skip zip: nothing that writes archives"; exit 0; }
cat >p.preset <<'END'
version 1
kind bar
title x
file "{zip}!{symbol}.csv" "{symbol}.csv"
header "ts,o"
column ts from ts time "%Y-%m-%dT%H:%M:%S%z"
column symbol file symbol
column interval text 1d
column open from o
column high from o
column low from o
column close from o
END
python3 - <<'END'
import zipfile, gzip
with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("folder/", "")
    for i in (3, 1, 2):
        z.writestr("S%d.csv" % i, "ts,o\n2024-01-0%dT00:00:00Z,%d\n" % (i, i))
    z.writestr("S4.csv", gzip.compress(b"ts,o\n2024-01-04T00:00:00Z,4\n"))
with zipfile.ZipFile("empty.zip", "w"): pass
with zipfile.ZipFile("bad.zip", "w") as z:
    z.writestr("S1.csv", "ts,o\n2024-01-01T00:00:00Z,1\n"); z.writestr("S2.csv", "ts,o\nsoon,2\n")
raw = bytearray(open("bad.zip", "rb").read())
raw[raw.find(b"00:00Z,1")] ^= 1
open("damaged.zip", "wb").write(raw)
with zipfile.ZipFile("many.zip", "w") as z:
    for i in range(3000): z.writestr("M%d.csv" % i, "ts,o\n2024-01-01T00:00:00Z,%d\n" % i)
END
printf 'ts,o\n2024-01-09T00:00:00Z,9\n' >S9.csv
oc-ingest --preset ./p.preset S9.csv a.zip S9.csv
oc-ingest --preset ./p.preset -j2 a.zip a.zip | wc -l
oc-ingest --preset ./p.preset many.zip | awk -F, 'NR > 1 && $2 != "M" $4 { print "wrong: " $0 } END { print NR - 1 " members" }'
oc-ingest --preset ./p.preset bad.zip
oc-ingest --preset ./p.preset damaged.zip
head -c 300 a.zip >cut.zip
oc-ingest --preset ./p.preset cut.zip >/dev/null
oc-ingest --preset ./p.preset empty.zip
oc-ingest --preset ./p.preset - <a.zip
echo "== what was made of an archive can be made again"
oc-ingest --preset ./p.preset S9.csv a.zip -o out.csv --manifest run.json && oc verify run.json
oc-ingest --preset ./p.preset S9.csv a.zip -o out.csv --provenance how.json && oc verify how.json
mv a.zip b.zip
oc verify run.json
python3 - <<'END'
import zipfile
with zipfile.ZipFile("a.zip", "w") as z:
    for i in (3, 1, 2, 4): z.writestr("S%d.csv" % i, "ts,o\n2024-01-0%dT00:00:00Z,%d\n" % (i, i % 4))
END
oc verify run.json
oc verify how.json
