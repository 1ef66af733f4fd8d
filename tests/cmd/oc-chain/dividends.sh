# --dividends: what is no cell of a cash dividend is refused where it stands; rows of other symbols have only to be readable
A="--symbol X --ts 2026-11-30T21:00Z --spot 100 --rate 0% --dividend-yield 0% --schedule 2026-12-18 --vol 20% --strikes 5 --chain-size 0"
for row in X,2026-12-02,abc,cash X,2026-12-02,-1,cash X,2026-12-02,,cash X,2026-12-02,inf,cash X,2026-12-02,1e999,cash \
    X,2026-12-02,nan,cash X,,1,cash X,2026-13-02,1,cash X,2026-12-02,1,stock X,2026-12-02,1,Cash ,2026-12-02,1,cash X,2026-12-02,1 \
    X,2026-12-02,0,special X,2026-12-02,2, Y,2026-12-02,,stock Y,2026-12-02,-1,cash Y,,1,cash Y,2026-12-02,abc,cash; do
    printf 'symbol,ex_date,amount,dividend_type\nX,2026-12-01,1,cash\n%s\n' "$row" >div.csv
    echo "## $row"
    oc-chain $A --dividends div.csv --keep strike,type,forward --where 'type == "C"' --float sig:6 2>&1
done
