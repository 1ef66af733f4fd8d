# The tables of oc-columns(5) are those of the programs.
BUILD=$BUILD_DIR "$TOP/scripts/man-columns" --check && echo same
