# What the path says against what is in the file.
put() { mkdir -p "$(dirname "$1")"; printf '%s\n' ts,symbol,price "${@:2}" >"$1"; }
put tick/equity/SPY/2024-07-02.csv 2024-07-02T13:30:00Z,SPY,1 2024-07-03T03:59:59Z,SPY,1 2024-07-03T04:00:00Z,SPY,1 2024-07-02T13:30:01Z,QQQ,1
put ticks/option/spy/20240702.csv 2024-07-02T13:30:00Z,SPY,1
put bar/stuff/SPY/2024-07-02.csv 2024-07-02T13:30:00Z,SPY,1
put data/SPY_2024-13-02_ticks.csv 2024-07-02T13:30:00Z,SPY,1
put data/SPY_2024-07-02_ticks.csv 2024-07-02T13:30:00Z,SPY,1
try() {
    oc-validate "$@" --only-checks 2 --checks checks.csv >good.csv
    echo "status $?, $(($(wc -l <good.csv) - 1)) rows"
    oc-cat checks.csv --where 'rows == null' --keep check,file,line,row_key,message 2>/dev/null ||
        oc-cat checks.csv --keep check,file,line,row_key,message,rows | grep -v ',[0-9]*$'
}
T=KIND/ASSET/SYMBOL/DATE
try --calendar XNYS --location $T tick/equity/SPY/2024-07-02.csv
try --location $T tick/equity/SPY/2024-07-02.csv
try --location $T ticks/option/spy/20240702.csv
try --location $T bar/stuff/SPY/2024-07-02.csv
try --location SYMBOL_DATE_ticks data/SPY_2024-13-02_ticks.csv
try --location SYMBOL_DATE_ticks data/SPY_2024-13-02_ticks.csv data/SPY_2024-07-02_ticks.csv
try --location data/SYMBOL_DATE_ticks.csv data/SPY_2024-07-02_ticks.csv
try --location $T data/SPY_2024-07-02_ticks.csv
oc-validate --location nothing data/SPY_2024-07-02_ticks.csv; echo "status $?"
