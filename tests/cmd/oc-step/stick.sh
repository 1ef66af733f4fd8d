# what becomes of a smile as the spot moves: the volatility of a strike, and that at the money
C="--symbol XYZ --ts 2026-11-20T21:00Z --spot 100 --rate 0% --dividend-yield 0% --schedule 2026-12-18 --strikes 5 --chain-size 1
   --vol 20% --smile=-0.5,1 --ladder pinned --step 1d --steps 4 --seed 5"
show() { oc-cat --where 'type == "C" && (strike == 100 || strike == 95)' --keep step,strike,spot,iv --float sig:6; }
for stick in delta strike; do
    echo "## $stick, a spot that moves and a volatility that does not"
    oc-step $C --model geometric_brownian:volatility=0.3 --stick $stick | show
done
echo "## model: of geometric Brownian motion there is one volatility"
oc-step $C --model geometric_brownian:volatility=0.3 --stick model --keep iv | sort -u
echo "## a volatility that moves scales the smile"
oc-step $C --model telegraph:volatility=0.3,lambda_up=300,lambda_down=300,vol_multiplier_up=2,vol_multiplier_down=0.5 --factors |
    cut -d, -f3,7 | paste -d' ' - <(oc-step $C --model telegraph:volatility=0.3,lambda_up=300,lambda_down=300,vol_multiplier_up=2,vol_multiplier_down=0.5 \
        --stick strike | oc-cat --where 'type == "C" && strike == 100' --keep iv --float sig:6)
