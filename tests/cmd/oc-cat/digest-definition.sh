# The definition in record/digest.h, computed here with printf and sha256sum.
cat >a.csv <<'E'
ts,symbol,step,spot,complete,note
1970-01-01T00:00:00.000000258Z,SPX,1,1.5,x,y
,SPX,,,,
E
hash() { sha256sum | cut -c 1-64; }
{
    printf 'oc-digest 1\nkind factor\nrows 2\n'
    echo "ts t $(printf '\1\2\1\0\0\0\0\0\0\0' | hash)"
    echo "symbol x $(printf '\3\0\0\0SPX\3\0\0\0SPX' | hash)"
    echo "step i $(printf '\1\1\0\0\0\0\0\0\0\0' | hash)"
    echo "spot f $(printf '\0\0\0\0\0\0\370\77\0\0\0\0\0\0\370\177' | hash)"
    echo "complete x $(printf '\1\0\0\0x\0\0\0\0' | hash)"
    echo "note x $(printf '\1\0\0\0y\0\0\0\0' | hash)"
} | hash >want
oc-cat digest a.csv | cut -c 1-64 | diff want - && echo 'factor: as defined'
cat >b.csv <<'E'
symbol,ex_date,amount,dividend_type
X,1970-01-02,-0,cash
E
{
    printf 'oc-digest 1\nkind dividend\nrows 1\n'
    echo "symbol x $(printf '\1\0\0\0X' | hash)"
    echo "ex_date d $(printf '\1\1\0\0\0' | hash)"
    echo "amount f $(printf '\0\0\0\0\0\0\0\200' | hash)"
    echo "dividend_type x $(printf '\4\0\0\0cash' | hash)"
} | hash >want
oc-cat digest b.csv | cut -c 1-64 | diff want - && echo 'dividend: as defined'
cat >c.csv <<'E'
ts,open,high,low,close,interval,complete
1970-01-01T00:00:00Z,1,1,1,1,1m,true
1970-01-01T00:01:00Z,1,1,1,1,1m,0
1970-01-01T00:02:00Z,1,1,1,1,1m,
E
one='\0\0\0\0\0\0\360\77'
{
    printf 'oc-digest 1\nkind bar\nrows 3\n'
    # 60e9 and 120e9 ns
    echo "ts t $(printf '\1\0\0\0\0\0\0\0\0\1\0\130\107\370\15\0\0\0\1\0\260\216\360\33\0\0\0' | hash)"
    for c in open high low close; do echo "$c f $(printf "$one$one$one" | hash)"; done
    echo "interval x $(printf '\2\0\0\0001m\2\0\0\0001m\2\0\0\0001m' | hash)"
    echo "complete b $(printf '\1\2\0' | hash)"
} | hash >want
oc-cat digest c.csv | cut -c 1-64 | diff want - && echo 'bar: as defined'
