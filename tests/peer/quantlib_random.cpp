/*
 * quantlib_random - time QuantLib's random numbers as tests/bench/random.c times ours, one thread; for `make bench` only.
 *
 * Prints `quantlib WHAT ns_per_number MIN MEDIAN`.
 */
#include <ql/math/distributions/normaldistribution.hpp>
#include <ql/math/randomnumbers/boxmullergaussianrng.hpp>
#include <ql/math/randomnumbers/inversecumulativerng.hpp>
#include <ql/math/randomnumbers/inversecumulativersg.hpp>
#include <ql/math/randomnumbers/mt19937uniformrng.hpp>
#include <ql/math/randomnumbers/sobolrsg.hpp>
#include <ql/methods/montecarlo/brownianbridge.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

using namespace QuantLib;

static volatile double sink; // keeps the optimiser from dropping the work

static void report(const char *what, double numbers, const std::function<double()> &f)
{
    std::vector<double> ns;

    for (int k = 0; k < 9; k++) {
        const auto begin = std::chrono::steady_clock::now();
        sink = f();
        ns.push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count() / numbers);
    }
    std::sort(ns.begin(), ns.end());
    std::printf("quantlib %s ns_per_number %.4g %.4g\n", what, ns.front(), ns[ns.size() / 2]);
    std::fflush(stdout);
}

template <class Rng> static double sum(Rng &rng, int n)
{
    double s = 0.0;

    for (int i = 0; i < n; i++)
        s += rng.next().value;
    return s;
}

template <class Rsg> static double points(const Rsg &rsg, int n)
{
    double s = 0.0;

    for (int i = 0; i < n; i++)
        s += rsg.nextSequence().value.back();
    return s;
}

int main()
{
    enum { N = 200000, DIMENSIONS = 64, POINTS = 4000, STEPS = 52 };
    const MersenneTwisterUniformRng mt(42);
    MersenneTwisterUniformRng uniform(mt);
    BoxMullerGaussianRng<MersenneTwisterUniformRng> polar(mt);
    InverseCumulativeRng<MersenneTwisterUniformRng, InverseCumulativeNormal> inverse(mt);
    SobolRsg sobol(DIMENSIONS, 0, SobolRsg::JoeKuoD6);
    InverseCumulativeRsg<SobolRsg, InverseCumulativeNormal> sobol_inverse(sobol);
    BrownianBridge bridge(STEPS);
    std::vector<Real> level(STEPS, 0.5), path(STEPS);

    report("uniforms", N, [&] { return sum(uniform, N); });
    report("normals_box_muller", N, [&] { return sum(polar, N); });
    report("normals_inversion", N, [&] { return sum(inverse, N); });
    report("sobol_uniforms", double(DIMENSIONS) * POINTS, [&] { return points(sobol, POINTS); });
    report("sobol_normals", double(DIMENSIONS) * POINTS, [&] { return points(sobol_inverse, POINTS); });
    report("bridge_52_steps", double(STEPS) * POINTS, [&] {
        double s = 0.0;
        for (int i = 0; i < POINTS; i++) {
            level[0] = 1e-3 * i;
            bridge.transform(level.begin(), level.end(), path.begin());
            s += path.back();
        }
        return s;
    });
    return 0;
}
