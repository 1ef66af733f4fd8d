#!/usr/bin/env bash
# scipy - our Sobol points against SciPy's, in all 21,201 dimensions.
set -u
top=$(cd "$(dirname "$0")/../../.." && pwd)
build=${BUILD_DIR:-$top/build}
skip() { echo "skip peer/sobol/scipy: $1"; exit 0; }
[[ $build != *san* ]] || skip "a sanitized library does not go into a foreign program"
python=
for p in /usr/bin/python3 python3; do      # the system's first: another one may stand before it and have no SciPy
    [ -n "$python" ] || ! "$p" -c 'from scipy.stats import qmc' 2>/dev/null || python=$p
done
[ -n "$python" ] || skip "SciPy is not installed"
OC_DATA=$top/libcore/math/data exec "$python" - "$build"/liboptchain.so.* <<'PYTHON'
import ctypes, os, sys
import numpy
from scipy.stats import qmc

points, dimensions = 1024 if os.environ.get('OC_FULL') else 16, 21201     # one call of ours a number, so few by default
ours = ctypes.CDLL(sys.argv[1])
ours.oc_sobol_open.restype = ctypes.c_void_p
ours.oc_sobol_word.restype = ctypes.c_uint32
ours.oc_sobol_word.argtypes = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_size_t
err = ctypes.create_string_buffer(4096)
s = ours.oc_sobol_open(ctypes.c_size_t(dimensions), err)
if not s:
    sys.exit("not ok peer/sobol/scipy: the table cannot be read")
theirs = qmc.Sobol(dimensions, scramble=False).random(points)
differ = 0
for d in range(dimensions):
    column = numpy.array([ours.oc_sobol_word(s, i, d) for i in range(points)])
    # its doubles have 30 digits or more; the first points have ten
    differ += int((column * 2.0**-32 != theirs[:, d]).any())
print("ok peer/sobol/scipy: %d points in %d dimensions" % (points, dimensions) if differ == 0
      else "not ok peer/sobol/scipy: %d dimensions differ" % differ)
PYTHON
