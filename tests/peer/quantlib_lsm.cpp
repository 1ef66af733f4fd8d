/*
 * quantlib_lsm - time QuantLib's Longstaff-Schwartz engine as tests/bench/lsm.c times ours, one thread; for `make bench` only.
 *
 * American put on 36 struck at 40, one year in 50 steps, rate 6 %, volatility 20 %; polynomials of degree 3, 2,048 paths for the
 * regression, 10,000 antithetic pairs for the value.  Prints `quantlib lsm ns_per_path_step MIN VALUE ERROR`.
 */
#include <ql/exercise.hpp>
#include <ql/instruments/vanillaoption.hpp>
#include <ql/pricingengines/vanilla/mcamericanengine.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace QuantLib;

int main()
{
    enum { FIT = 2048, PAIRS = 10000, STEPS = 50 };
    const Date today(20, November, 2026);
    Settings::instance().evaluationDate() = today;
    const DayCounter days = Actual365Fixed();
    const Handle<Quote> spot(ext::make_shared<SimpleQuote>(36.0));
    const Handle<YieldTermStructure> rate(ext::make_shared<FlatForward>(today, 0.06, days));
    const Handle<YieldTermStructure> yield(ext::make_shared<FlatForward>(today, 0.0, days));
    const Handle<BlackVolTermStructure> vol(ext::make_shared<BlackConstantVol>(today, NullCalendar(), 0.2, days));
    const auto process = ext::make_shared<BlackScholesMertonProcess>(spot, yield, rate, vol);
    VanillaOption put(ext::make_shared<PlainVanillaPayoff>(Option::Put, 40.0),
                      ext::make_shared<AmericanExercise>(today, today + 365));
    double least = 1e300;

    put.setPricingEngine(MakeMCAmericanEngine<PseudoRandom>(process).withSteps(STEPS).withAntitheticVariate().withSamples(PAIRS)
                             .withCalibrationSamples(FIT).withPolynomialOrder(3).withSeed(42));
    for (int k = 0; k < 5; k++) {
        const auto begin = std::chrono::steady_clock::now();
        put.recalculate();
        put.NPV();
        least = std::min(least, std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count());
    }
    std::printf("quantlib lsm ns_per_path_step %.4g %.5f %.2g\n", least / (2.0 * PAIRS + FIT) / STEPS, put.NPV(),
                put.errorEstimate());
    return 0;
}
