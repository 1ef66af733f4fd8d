# What the tests of sample files share; a test reads it by `. "$TOP/tests/data/facts.bash"`.
#
# sample NAME: DIR is that folder of the sample files; without it the test is left out
# facts AWK  : the program over canonical CSV, where c["bid"] is the number of the column bid
# variance T=YEARS R=RATE: a leg of the VIX as the white paper computes it, in awk alone, from quotes of one expiry
sample() {
    DIR=$SHARED/data/$1
    [ -d "$DIR" ] || { echo "skip data: no sample files"; exit 0; }
}

facts() { tr -d '\r' | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next } '"$1"; }

# Writes F, K0, strikes used and sigma^2.  A missing ask makes no price; OTM sides end behind two zero bids in a row.
variance() {
    awk -F, -v "$1" -v "$2" '
        function abs(x) { return x < 0 ? -x : x }
        NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
        {
            k = $c["strike"] + 0
            side = substr($c["type"], 1, 1) ~ /[Cc]/ ? "C" : "P"
            if (!(k in seen)) { seen[k] = 1; strike[++n] = k }
            bid[k, side] = $c["bid"] + 0
            mid[k, side] = $c["ask"] == "" ? -1 : ($c["bid"] + $c["ask"]) / 2
        }
        END {
            for (i = 2; i <= n; i++) {          # files come sorted, nearly
                k = strike[i]
                for (j = i - 1; j >= 1 && strike[j] > k; j--) strike[j + 1] = strike[j]
                strike[j + 1] = k
            }
            for (i = 1; i <= n; i++) {
                k = strike[i]
                if (mid[k, "C"] < 0 || mid[k, "P"] < 0) continue
                d = abs(mid[k, "C"] - mid[k, "P"])
                if (!found++ || d < least) { least = d; at = k }
            }
            F = at + exp(R * T) * (mid[at, "C"] - mid[at, "P"])
            for (i = 1; i <= n && strike[i] <= F; i++) zero = i
            K0 = strike[zero]
            use[zero] = (mid[K0, "C"] + mid[K0, "P"]) / 2
            none = 0
            for (i = zero - 1; i >= 1 && none < 2; i--)
                if (bid[strike[i], "P"] > 0) { use[i] = mid[strike[i], "P"]; none = 0 } else none++
            none = 0
            for (i = zero + 1; i <= n && none < 2; i++)
                if (bid[strike[i], "C"] > 0) { use[i] = mid[strike[i], "C"]; none = 0 } else none++
            for (i = 1; i <= n; i++) if (i in use) { K[++m] = strike[i]; Q[m] = use[i] }
            for (i = 1; i <= m; i++) {
                width = i == 1 ? K[2] - K[1] : i == m ? K[m] - K[m - 1] : (K[i + 1] - K[i - 1]) / 2
                sum += width / K[i] ^ 2 * exp(R * T) * Q[i]
            }
            printf "F %.5f, K0 %g, %d strikes, variance %.8f\n", F, K0, m, 2 / T * sum - (F / K0 - 1) ^ 2 / T
        }'
}

# vix MINUTES1 LEG1 MINUTES2 LEG2: the index from two legs as variance tells them
vix() {
    awk -v n1="$1" -v s1="${2##* }" -v n2="$3" -v s2="${4##* }" 'BEGIN {
        n30 = 43200; n365 = 525600
        v = n1 / n365 * s1 * (n2 - n30) / (n2 - n1) + n2 / n365 * s2 * (n30 - n1) / (n2 - n1)
        printf "VIX %.5f\n", 100 * sqrt(v * n365 / n30) }'
}

# forwards EXPIRY RATE: the forwards that oc-vol finds as Cboe does, of the quotes on stdin
forwards() {
    oc-vol forward --method vix --rate "$2" --table |
        facts '$c["date"] == "'"$1"'" { printf "oc-vol: %s %s F %.5f\n", $c["root"], $c["settle"], $c["forward"] }'
}
