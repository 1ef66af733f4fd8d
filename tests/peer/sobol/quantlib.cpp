/*
 * quantlib POINTS DIMENSIONS - our Sobol points, unscrambled, against QuantLib's SobolRsg with Joe and Kuo's D6.
 *
 * QuantLib leaves out point 0 and goes in Gray-code order, as we do; it has one dimension less than the 21,201.  Prints the
 * first difference; status 1 if there is one.
 */
#include <ql/math/randomnumbers/sobolrsg.hpp>

#include <cstdio>
#include <cstdlib>

extern "C" {
#include "math/sobol.h"
}

int main(int argc, char **argv)
{
    const unsigned points = argc > 1 ? (unsigned)std::atoi(argv[1]) : 1025;
    const std::size_t dimensions = argc > 2 ? (std::size_t)std::atoi(argv[2]) : 21200;
    oc_err err = {};
    oc_sobol *const ours = oc_sobol_open(dimensions, &err);

    if (!ours) {
        std::printf("%s\n", err.text);
        return 1;
    }
    QuantLib::SobolRsg theirs(dimensions, 0, QuantLib::SobolRsg::JoeKuoD6);
    for (unsigned i = 1; i < points; i++) {
        const auto &want = theirs.nextInt32Sequence();
        for (std::size_t d = 0; d < dimensions; d++)
            if (oc_sobol_word(ours, i, d) != want[d]) {
                std::printf("point %u, dimension %zu: %08x, QuantLib has %08x\n", i, d, oc_sobol_word(ours, i, d),
                            (unsigned)want[d]);
                return 1;
            }
    }
    oc_sobol_close(ours);
    return 0;
}
