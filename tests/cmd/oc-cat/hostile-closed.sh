# A closed stdin or stdout is an error that is told, not a silent success; so is a file that cannot be read.
printf 'type,strike\nC,5000\n' >in.csv
oc-cat <&-
echo "closed stdin: $?"
oc-cat in.csv >&-
echo "closed stdout: $?"
oc-cat no-such-file.csv
echo "no such file: $?"
oc-cat .
echo "a directory: $?"
