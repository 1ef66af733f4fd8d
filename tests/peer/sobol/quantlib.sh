#!/usr/bin/env bash
# quantlib - our Sobol points against QuantLib's, in all dimensions that it has: 21,200.
set -u
top=$(cd "$(dirname "$0")/../../.." && pwd)
build=${BUILD_DIR:-$top/build} program=$build/peer/sobol_quantlib
source=$top/tests/peer/sobol/quantlib.cpp
skip() { echo "skip peer/sobol/quantlib: $1"; exit 0; }
[[ $build != *san* ]] || skip "a sanitized library does not go into a foreign program"
command -v g++ >/dev/null || skip "no g++"
[ -e /usr/include/ql/math/randomnumbers/sobolrsg.hpp ] || skip "QuantLib is not installed"
if ! [ "$program" -nt "$source" ] || ! [ "$program" -nt "$build/liboptchain.a" ]; then
    mkdir -p "$build/peer"
    g++ -std=c++17 -O1 -I"$top/libcore" -o "$program" "$source" "$build/liboptchain.a" -lQuantLib -lm -lpthread || {
        echo "not ok peer/sobol/quantlib: it does not compile"
        exit 1
    }
fi
points=1025
[ -z "${OC_FULL:-}" ] || points=16385
if answer=$("$program" $points 21200); then
    echo "ok peer/sobol/quantlib: $points points in 21,200 dimensions"
else
    echo "not ok peer/sobol/quantlib: $answer"
fi
