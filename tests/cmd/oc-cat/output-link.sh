# -o through a link replaces the file behind it; the link stays.
printf 'type,strike,iv\nC,100,0.2\n' >in.csv
echo old >file.csv
ln -s file.csv link.csv
oc-cat --kind contract in.csv -o link.csv
cat file.csv
[ -L link.csv ] && echo "still a link"
