# A closed stdin or stdout is an error that is told, not a silent success; so is a file that cannot be read.
printf 'ts,symbol\n2026-01-05T15:00:00Z,SPX\n' >in.csv
oc-cat <&-
echo "closed stdin: $?"
oc-cat in.csv >&-
echo "closed stdout: $?"
oc-cat no-such-file.csv
echo "no such file: $?"
oc-cat .
echo "a directory: $?"
