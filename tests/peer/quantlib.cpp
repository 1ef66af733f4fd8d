/*
 * quantlib [IV_SETS | paths] - time QuantLib on what oc-price, or oc-mc, does, one thread; for `make bench` only.
 *
 * Prints `quantlib WHAT ns_per_option MIN MEDIAN [max_rel_error E]`.  The book is 4,096 calls and puts around the
 * money; implied volatilities invert the book's own prices, or the cases of IV_SETS (a CSV
 * set,type,forward,strike,years,price,total_vol) where it is given.
 * `paths`: `quantlib WHAT ns_per_path_step MIN VALUE ERROR`, the walks of tests/bench/paths.c by QuantLib's Monte Carlo engines.
 */
#include <ql/exercise.hpp>
#include <ql/instruments/asianoption.hpp>
#include <ql/instruments/europeanoption.hpp>
#include <ql/pricingengines/asian/mc_discr_arith_av_price.hpp>
#include <ql/pricingengines/blackcalculator.hpp>
#include <ql/pricingengines/blackformula.hpp>
#include <ql/pricingengines/vanilla/analyticeuropeanengine.hpp>
#include <ql/pricingengines/vanilla/mceuropeanengine.hpp>
#include <ql/pricingengines/vanilla/mceuropeanhestonengine.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/processes/hestonprocess.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

using namespace QuantLib;

struct Row {
    Option::Type type;
    double spot, forward, strike, years, df, sd, price; // sd = vol * sqrt(years); price undiscounted
};

static volatile double sink; // keeps the optimiser from dropping the work

static std::vector<Row> book(int n)
{
    std::vector<Row> rows;
    unsigned long long x = 1;
    const auto uniform = [&x] {
        x = x * 6364136223846793005ull + 1442695040888963407ull;
        return double(x >> 11) * 0x1p-53;
    };
    for (int i = 0; i < n; i++) {
        Row r;
        r.type = i % 2 ? Option::Put : Option::Call;
        r.spot = 100.0;
        r.years = 0.02 + 2.0 * uniform();
        r.forward = r.spot * std::exp(0.02 * r.years);
        r.df = std::exp(-0.04 * r.years);
        r.sd = (0.1 + 0.4 * uniform()) * std::sqrt(r.years);
        r.strike = r.forward * std::exp(2.0 * r.sd * (2.0 * uniform() - 1.0));
        r.price = blackFormula(r.type, r.strike, r.forward, r.sd);
        rows.push_back(r);
    }
    return rows;
}

// Time f over the rows, several times; NaN counts as a failed row.
static void report(const char *what, const std::vector<Row> &rows, int repeats,
                   const std::function<double(const Row &)> &f, bool compare)
{
    std::vector<double> ns;
    double worst = 0.0;
    int failed = 0;

    for (int k = 0; k < repeats; k++) {
        const auto begin = std::chrono::steady_clock::now();
        double sum = 0.0;
        for (const Row &r : rows)
            sum += f(r);
        sink = sum;
        ns.push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count()
                     / double(rows.size()));
    }
    if (compare)
        for (const Row &r : rows) {
            const double got = f(r);
            if (std::isnan(got))
                failed++;
            else
                worst = std::max(worst, std::fabs(got / r.sd - 1.0));
        }
    std::sort(ns.begin(), ns.end());
    std::printf("quantlib %s ns_per_option %.4g %.4g", what, ns.front(), ns[ns.size() / 2]);
    if (compare)
        std::printf(" max_rel_error %.2g failed %d of %zu", worst, failed, rows.size());
    std::printf("\n");
    std::fflush(stdout);
}

static double calculator(const Row &r)
{
    const BlackCalculator c(r.type, r.strike, r.forward, r.sd, r.df);
    return c.value() + c.delta(r.spot) + c.gamma(r.spot) + c.vega(r.years) + c.theta(r.spot, r.years) + c.rho(r.years);
}

// QuantLib's implied standard deviation; NaN where it throws.
static double implied(const Row &r, double accuracy)
{
    try {
        return blackFormulaImpliedStdDev(r.type, r.strike, r.forward, r.price, 1.0, 0.0, Null<Real>(), accuracy, 500);
    } catch (const std::exception &) {
        return NAN;
    }
}

static void engine(const std::vector<Row> &rows)
{
    const Date today(20, November, 2026);
    Settings::instance().evaluationDate() = today;
    const DayCounter days = Actual365Fixed();
    const auto spot = ext::make_shared<SimpleQuote>(100.0);
    const Handle<YieldTermStructure> rate(ext::make_shared<FlatForward>(today, 0.04, days));
    const Handle<YieldTermStructure> yield(ext::make_shared<FlatForward>(today, 0.02, days));
    const Handle<BlackVolTermStructure> vol(ext::make_shared<BlackConstantVol>(today, NullCalendar(), 0.25, days));
    const auto process = ext::make_shared<BlackScholesMertonProcess>(Handle<Quote>(spot), yield, rate, vol);
    const auto pricer = ext::make_shared<AnalyticEuropeanEngine>(process);

    std::vector<ext::shared_ptr<EuropeanOption>> options;
    std::vector<double> ns;
    for (const Row &r : rows) {
        const auto payoff = ext::make_shared<PlainVanillaPayoff>(r.type, r.strike);
        const auto exercise = ext::make_shared<EuropeanExercise>(today + std::max(1, int(365.0 * r.years)));
        options.push_back(ext::make_shared<EuropeanOption>(payoff, exercise));
        options.back()->setPricingEngine(pricer);
    }
    for (int k = 0; k < 7; k++) {
        spot->setValue(100.0 + 0.01 * k); // every option is out of date
        const auto begin = std::chrono::steady_clock::now();
        double sum = 0.0;
        for (const auto &o : options)
            sum += o->NPV() + o->delta() + o->gamma() + o->vega() + o->theta() + o->rho();
        sink = sum;
        ns.push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count()
                     / double(options.size()));
    }
    std::sort(ns.begin(), ns.end());
    std::printf("quantlib engine_price_5_greeks ns_per_option %.4g %.4g\n", ns.front(), ns[ns.size() / 2]);
    std::fflush(stdout);
}

static std::vector<Row> read_sets(const char *path, const std::string &wanted)
{
    std::vector<Row> rows;
    std::ifstream in(path);
    std::string line, cell[7];

    std::getline(in, line);
    while (std::getline(in, line)) {
        std::istringstream cells(line);
        for (std::string &c : cell)
            std::getline(cells, c, ',');
        if (cell[0] != wanted)
            continue;
        Row r = {};
        r.type = cell[1] == "C" ? Option::Call : Option::Put;
        r.forward = std::stod(cell[2]);
        r.strike = std::stod(cell[3]);
        r.price = std::strtod(cell[5].c_str(), nullptr); // may be as small as 1e-288
        r.sd = std::stod(cell[6]);
        rows.push_back(r);
    }
    return rows;
}

// Value the instrument anew, several times.
static void walk(const char *what, Instrument &o, const ext::shared_ptr<PricingEngine> &e, double steps)
{
    double least = 1e300;

    o.setPricingEngine(e);
    for (int k = 0; k < 5; k++) {
        const auto begin = std::chrono::steady_clock::now();
        o.recalculate();
        sink = o.NPV();
        least = std::min(least, std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count());
    }
    std::printf("quantlib %s ns_per_path_step %.4g %.5f %.2g\n", what, least / steps, o.NPV(), o.errorEstimate());
    std::fflush(stdout);
}

static void paths()
{
    const Date today(20, November, 2026);
    Settings::instance().evaluationDate() = today;
    const DayCounter days = Actual365Fixed();
    const Handle<Quote> spot(ext::make_shared<SimpleQuote>(100.0));
    const Handle<YieldTermStructure> rate(ext::make_shared<FlatForward>(today, 0.05, days));
    const Handle<YieldTermStructure> yield(ext::make_shared<FlatForward>(today, 0.0, days));
    const Handle<BlackVolTermStructure> vol(ext::make_shared<BlackConstantVol>(today, NullCalendar(), 0.2, days));
    const auto process = ext::make_shared<BlackScholesMertonProcess>(spot, yield, rate, vol);
    const auto payoff = ext::make_shared<PlainVanillaPayoff>(Option::Call, 100.0);

    std::vector<Date> fixings;
    for (int i = 1; i <= 52; i++)
        fixings.push_back(today + 7 * i);
    DiscreteAveragingAsianOption asian(Average::Arithmetic, 0.0, 0, fixings, payoff,
                                       ext::make_shared<EuropeanExercise>(fixings.back()));
    walk("gbm_asian", asian, MakeMCDiscreteArithmeticAPEngine<PseudoRandom>(process).withSamples(20000).withSeed(42), 20000.0 * 52);

    VanillaOption european(payoff, ext::make_shared<EuropeanExercise>(today + 365));
    walk("gbm_european", european, MakeMCEuropeanEngine<PseudoRandom>(process).withSteps(100).withSamples(20000).withSeed(42),
         20000.0 * 100);
    const auto qe = ext::make_shared<HestonProcess>(rate, yield, spot, 0.04, 0.5, 0.04, 1.0, -0.9,
                                                    HestonProcess::QuadraticExponentialMartingale);
    walk("heston_case_I", european, MakeMCEuropeanHestonEngine<PseudoRandom>(qe).withSteps(100).withSamples(10000).withSeed(42),
         10000.0 * 100);
}

int main(int argc, char **argv)
{
    if (argc > 1 && std::string(argv[1]) == "paths") {
        paths();
        return 0;
    }
    const std::vector<Row> rows = book(4096);

    report("black_calculator_price_5_greeks", rows, 15, calculator, false);
    engine(rows);
    report("iv_default", rows, 7, [](const Row &r) { return implied(r, 1e-6); }, true);
    report("iv_1e-12", rows, 7, [](const Row &r) { return implied(r, 1e-12); }, true);
    for (const char *set : { "regular", "wide", "deep" }) {
        const std::vector<Row> cases = argc > 1 ? read_sets(argv[1], set) : std::vector<Row>();
        if (!cases.empty())
            report((std::string("iv_default_") + set).c_str(), cases, 7,
                   [](const Row &r) { return implied(r, 1e-6); }, true);
    }
    return 0;
}
