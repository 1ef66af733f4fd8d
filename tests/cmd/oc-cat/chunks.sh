# what an input is taken for depends on its bytes, not on how a pipe cuts them
slow() { printf "$1"; sleep 0.1; printf "$2"; }
slow 'underlying_symbo' 'l\tstrike\ttype\tbid\tts\nSPX\t1\tC\t1\t2024-01-02T00:00:00Z\n' | oc-cat
slow 'symbol,strike,type,bid,ts,note\n' 'SPX,1,C,1,2024-01-02T00:00:00Z,a\001b\n' >late.csv
oc-cat late.csv | cat -v
slow 'symbol,strike,type,bid,ts,note\n' 'SPX,1,C,1,2024-01-02T00:00:00Z,a\001b\n' | oc-cat | cmp - late.csv
slow 'symbol,strike,type,bid,ts,note\n' 'SPX,1,C,1,2024-01-02T00:00:00Z,a\000b\n' | oc-cat >out
slow 'symbol,strike,type,bid,ts,note\n' 'SPX,1,C,1,2024-01-02T00:00:00Z,a\000b\n' >nul.csv
oc-cat nul.csv | cmp - out
oc-cat -O arrow late.csv >late.arrows
(head -c 1 late.arrows; sleep 0.1; tail -c +2 late.arrows) | oc-cat -O csv | cmp - late.csv
