/* params: walks from specs, records and requests; what is unknown, doubled or missing; the canonical text read again. */
#include "app/ocsjson.h"
#include "app/params.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct oc_io io = OC_IO_DEFAULT;
static char dir[] = "/tmp/oc-params-XXXXXX";

/* A file of the test, by name; the path is good until the next call but three. */
static const char *file(const char *name, const char *text)
{
    static char path[4][80];
    static int k;
    char *p = path[k++ & 3];

    snprintf(p, sizeof path[0], "%s/%s", dir, name);
    FILE *f = fopen(p, "w");
    if (!f || fputs(text, f) < 0 || fclose(f))
        test_fail("cannot write %s", p);
    return p;
}

static const char *models[4];

static struct oc_walk_words words(const char *a, const char *b, const char *params)
{
    models[0] = a;
    models[1] = b;
    return (struct oc_walk_words){ .nmodel = (size_t)(a != NULL) + (b != NULL), .model = models, .params = params };
}

/* The canonical text, or the error behind "! ".  It must read again to itself. */
static const char *text(struct oc_walk_words w, double dt)
{
    static char out[8192];
    struct oc_walks walks, again;
    struct oc_err err = { 0 };

    if (oc_walks_read(&walks, &w, &io, &dt, &err)) {
        snprintf(out, sizeof out, "! %s %s", oc_err_name(err.code), err.text);
        return out;
    }
    snprintf(out, sizeof out, "%s", walks.canonical);
    if (!isnan(dt))
        snprintf(out + strlen(out), sizeof out - strlen(out), " dt %g", dt);
    if (oc_walks_parse(&again, walks.canonical, &err)) {
        test_fail("'%s' cannot be read again: %s", walks.canonical, err.text);
    } else {
        CHECK(strcmp(again.canonical, walks.canonical) == 0, "'%s' became '%s'", walks.canonical, again.canonical);
        for (size_t i = 0; i < walks.n; i++) {
            const size_t n = oc_param_count(walks.walk[i].process->param);
            CHECK(walks.walk[i].process == again.walk[i].process && strcmp(walks.symbol[i], again.symbol[i]) == 0,
                  "walk %zu", i);
            for (size_t k = 0; k < n; k++)
                CHECK(memcmp(&walks.walk[i].par[k], &again.walk[i].par[k], sizeof(double)) == 0
                      || (isnan(walks.walk[i].par[k]) && isnan(again.walk[i].par[k])), "walk %zu, parameter %zu", i, k);
        }
        CHECK((walks.corr == NULL) == (again.corr == NULL)
              && (!walks.corr || memcmp(walks.corr, again.corr, walks.n * walks.n * sizeof(double)) == 0), "correlations");
        oc_walks_free(&again);
    }
    oc_walks_free(&walks);
    return out;
}

static void is(const char *got, const char *want) { CHECK(strcmp(got, want) == 0, "'%s', not '%s'", got, want); }
static void has(const char *got, const char *want) { CHECK(strstr(got, want), "'%s' has no '%s'", got, want); }
static const char *spec(const char *s) { return text(words(s, NULL, NULL), NAN); }
static const char *params(const char *s) { return text(words(NULL, NULL, s), NAN); }

static void specs(void)
{
    test_begin("params: specs");
    is(spec("gbm:vol=20%"), "geometric_brownian:volatility=0.2");
    is(spec("geometric_brownian:volatility=0.2,drift=-1e-3,dt=0.004@SPX"),
       "geometric_brownian:volatility=0.2,drift=-0.001@SPX dt 0.004");
    has(spec("gbm:volatilty=0.2"), "did you mean 'volatility'");
    has(spec("gbm:volatility=0.2,vol=0.3"), "given twice");
    has(spec("gbm:volatility=0.2,volatility=0.3"), "given twice");
    has(spec("gbm"), "volatility is missing");
    has(spec("gbm:volatility=-0.2"), "outside");
    has(spec("gbm:volatility=x"), "not a number");
    has(spec("gbm:volatility=1e999"), "not a number");
    has(spec("gbm:volatility=nan"), "not a number");
    has(spec("geometric_browniam:volatility=1"), "did you mean 'geometric_brownian'");
    has(spec("gbm:volatility=0.2,dt=0"), "dt is 0");
    has(spec("gbm:volatility=0.2@a b"), "symbol");
    has(text(words(NULL, NULL, NULL), NAN), "--model");
    has(text(words("gbm:volatility=0.2,dt=0.004", NULL, NULL), 0.005), "elsewhere");
    is(text(words("gbm:volatility=0.2,dt=0.004", NULL, NULL), 0.004), "geometric_brownian:volatility=0.2 dt 0.004");
    test_end();
}

static void several(void)
{
    const char *corr[] = { "SPX,NDX=90%", "NDX,SPX=0.1", "SPX,NDQ=0.1", "SPX,NDX=1.1", "SPX=1" };
    struct oc_walk_words w = words("gbm:volatility=0.2@SPX", "gbm:volatility=0.3@NDX", NULL);

    test_begin("params: several underlyings and their correlations");
    is(text(w, NAN), "geometric_brownian:volatility=0.2@SPX geometric_brownian:volatility=0.3@NDX");
    w.ncorr = 1;
    w.corr = corr;
    is(text(w, NAN), "geometric_brownian:volatility=0.2@SPX geometric_brownian:volatility=0.3@NDX SPX,NDX=0.9");
    w.ncorr = 2;
    has(text(w, NAN), "given twice");
    w.ncorr = 1;
    w.corr = corr + 2;
    has(text(w, NAN), "did you mean NDX");
    w.corr = corr + 3;
    has(text(w, NAN), "within");
    w.corr = corr + 4;
    has(text(w, NAN), "A,B=RHO");
    w.corr = corr;
    w.nmodel = 1;
    has(text(w, NAN), "one underlying only");
    has(text(words("gbm:volatility=0.2@SPX", "gbm:volatility=0.3", NULL), NAN), "no symbol");
    has(text(words("gbm:volatility=0.2@SPX", "gbm:volatility=0.3@SPX", NULL), NAN), "two walks");
    test_end();
}

static void records(void)
{
    const char *one = file("one.csv", "model,name,value,role\ngbm,volatility,0.25,\ngbm,rmse_iv,0.1,fit\nsvi,a,0.1,param\n");
    const char *lines = file("one.jsonl", "{\"model\":\"gbm\",\"name\":\"volatility\",\"value\":0.25}\n");
    const char *two = file("two.csv", "model,symbol,symbol2,name,value\ngbm,SPX,,volatility,0.2\ngbm,NDX,,volatility,0.3\n"
                                      "gbm,,,drift,0.01\ngbm,SPX,NDX,corr,0.5\n");
    test_begin("params: records");
    is(params(one), "geometric_brownian:volatility=0.25");
    is(params(lines), "geometric_brownian:volatility=0.25");
    is(text(words("gbm:drift=0.1@X", NULL, one), NAN), "geometric_brownian:volatility=0.25,drift=0.1@X");
    has(text(words("gbm:volatility=0.1", NULL, one), NAN), "given twice");
    is(params(two),
       "geometric_brownian:volatility=0.3,drift=0.01@NDX geometric_brownian:volatility=0.2,drift=0.01@SPX NDX,SPX=0.5");
    has(text(words("gbm", NULL, two), NAN), "two symbols");
    has(text(words("gbm@RUT", NULL, two), NAN), "volatility is missing");
    has(params(file("twice.csv", "model,name,value\ngbm,volatility,1\ngbm,volatility,1\n")),
        "given twice, by records 1 and 2");
    has(params(file("no.csv", "model,name,value\nsvi,a,1\n")), "no process");
    has(params(file("v.csv", "model,name,value\ngbm,volatility,\n")), "value: missing");
    has(params(file("r.csv", "model,name,value,role\ngbm,volatility,1,fix\n")), "none of param, fit, market");
    has(params(file("t.csv", "model,ts,name,value\ngbm,2026-01-01T00:00Z,volatility,1\ngbm,2026-01-02T00:00Z,drift,1\n")),
        "two times");
    has(params(file("k.csv", "model,name,strike,value\ngbm,volatility,100,1\n")), "not one for each");
    has(params("/nowhere/x"), "cannot be opened");
    test_end();
}

static void markets(void)
{
    const char *f =
        file("market.csv", "model,symbol,name,value,role,years\ngbm,,volatility,0.2,,\ngbm,,rate,0.03,market,\n"
                           "gbm,SPX,spot,5000,market,\ngbm,NDX,spot,18000,market,\ngbm,SPX,rate,0.04,market,1\n");
    struct oc_walk_words w = words("gbm@SPX", "gbm@NDX", f);
    struct oc_walks walks;
    struct oc_err err = { 0 };
    double dt = NAN;

    test_begin("params: what a file says of the market");
    CHECK(oc_walks_read(&walks, &w, &io, &dt, &err) == 0, "%s", err.text);
    CHECK(walks.market[0].spot == 5000 && walks.market[1].spot == 18000 && walks.market[1].rate == 0.03
          && walks.market[0].rate == 0.03 && isnan(walks.market[0].dividend_yield), "spots %g %g", walks.market[0].spot,
          walks.market[1].spot);
    oc_walks_free(&walks);
    test_end();
}

/* Regimes, curves and grids, by lists and by records: values in their places, holes and doubles refused. */
static void data(void)
{
    test_begin("params: regimes, curves, grids, prices");
    is(spec("regime:volatility1=0.1,volatility2=0.3,drift2=-0.1,q12=1,q21=4,start=1"),
       "regime:start=1,volatility1=0.1,q12=1,volatility2=0.3,drift2=-0.1,q21=4");
    has(spec("regime:volatility1=0.1,volatility3=0.3"), "volatility2 is missing");
    has(spec("regime:volatility1=0.1,q12=1"), "regime 2 is spoken of");
    has(spec("regime:q12=1"), "volatility1 is missing");
    has(spec("regime:volatility1=0.1,q11=1"), "no parameter 'q11'");
    is(spec("rough_bergomi:h=0.1,eta=1.9,rho=-0.9,xi=0.055"), "rough_bergomi:hurst=0.1,eta=1.9,rho=-0.9,xi=0.055,years=1");
    is(spec("rough_bergomi:h=0.1,eta=1.9,rho=-0.9,xi=4%|0.05,years=0.5|1"),
       "rough_bergomi:hurst=0.1,eta=1.9,rho=-0.9,xi=0.04|0.05,years=0.5|1");
    has(spec("rough_bergomi:h=0.1,eta=1.9,rho=-0.9,xi=0.04|0.05,years=1|0.5"), "ascending");
    has(spec("rough_bergomi:h=0.1,eta=1.9,rho=-0.9"), "xi is missing");
    has(spec("rough_bergomi:h=0.1,eta=1.9,rho=-0.9,xi=-1"), "not above 0");
    is(spec("local_vol:volatility=0.2"), "local_vol:volatility=0.2,years=1,strikes=1");
    is(params(file("g.csv", "model,name,years,strike,value\nlocal_vol,volatility,1,110,0.4\nlocal_vol,volatility,1,90,0.3\n"
                   "local_vol,volatility,0.5,90,0.1\nlocal_vol,volatility,0.5,110,0.2\n")),
       "local_vol:volatility=0.1|0.2|0.3|0.4,years=0.5|1,strikes=90|110");
    has(params(file("h.csv", "model,name,years,strike,value\nlocal_vol,volatility,1,110,0.4\nlocal_vol,volatility,1,90,0.3\n"
                    "local_vol,volatility,0.5,90,0.1\nlocal_vol,volatility,0.5,100,0.2\n")), "no full grid");
    has(params(file("i.csv", "model,name,expiry,strike,value\nlocal_vol,volatility,2026-01-16,110,0.4\n")), "--ts INSTANT");
    has(spec("local_vol:volatility=0.2|0.3,years=1,strikes=90"), "2 values for 1 times and 1 strikes");
    is(spec("historical:prices=100|101|99.5,timeframe=hour"),
       "historical:rescale=0,prices=100|101|99.5,price_dt=0.0006105006105006105");
    has(spec("historical:prices=100|101|-1"), "not above 0");
    has(spec("historical:prices=100|101,file=x.csv"), "a file and by themselves");
    has(spec("bootstrap:block=5"), "file is missing");
    has(spec("historical:file=/nowhere"), "cannot be opened");
    test_end();
}

static void series(void)
{
    char text[200];
    const char *f = file("p.csv", "date,close\n2026-01-02,100\n2026-01-05,101.25\n2026-01-06,99\n");

    test_begin("params: price series from files");
    snprintf(text, sizeof text, "historical:file=%s,timeframe=day", f);
    is(spec(text), "historical:rescale=0,prices=100|101.25|99,price_dt=0.003968253968253968");
    snprintf(text, sizeof text, "historical:file=%s", file("q.csv", "ts,close\n2026-01-06,100\n2026-01-05,101.25\n"));
    has(spec(text), "oldest first");
    snprintf(text, sizeof text, "historical:file=%s", file("r.csv", "ts,close\n2026-01-05,100\n2026-01-06,\n"));
    has(spec(text), "not a price");
    snprintf(text, sizeof text, "historical:file=%s,column=open", file("s.csv", "ts,close\n2026-01-05,100\n"));
    has(spec(text), "no column 'open'");
    snprintf(text, sizeof text, "historical:file=%s", file("t.csv", "ts,symbol,close\n2026-01-05,A,100\n2026-01-06,B,9\n"));
    has(spec(text), "two in one series");
    test_end();
}

static void requests(void)
{
    test_begin("params: requests");
    is(params(file(
           "v1.json",
           "{\"symbol\":\"AAPL\",\"steps\":30,\"initial_price\":185.5,\"days_to_expiration\":45.0,\"volatility\":0.25,"
           "\"risk_free_rate\":0.04,\"dividend_yield\":0.005,\"method\":{\"GeometricBrownian\":{\"dt\":0.004,\"drift\":0.05,"
           "\"volatility\":\"0.25\"}},\"time_frame\":\"Day\",\"chain_size\":15,\"smile_curve\":0.0005,\"spread\":null}")),
       "geometric_brownian:volatility=0.25,drift=0.05@AAPL dt 0.004");
    is(params(file("m.json", " {\"GeometricBrownian\":{\"dt\":0.004,\"drift\":0,\"volatility\":0.2}}")),
       "geometric_brownian:volatility=0.2,drift=0 dt 0.004");
    has(text(words("gbm:volatility=0.1", NULL, file("m2.json", "{\"GeometricBrownian\":{\"volatility\":0.2}}")), NAN),
        "given twice");
    has(params(file("m3.json", "{\"GeometricBrownian\":{\"volatilit\":0.2}}")), "did you mean 'volatility'");
    has(params(file("m4.json", "{\"symbol\":\"A\"}")), "no method");
    has(params(file("m5.json", "{\"method\":{\"Nothing\":{}}}")), "there is no process 'nothing'");
    test_end();
}

/* The ten methods of OptionChain-Simulator with its names of parameters: each is a walk that opens. */
static void methods(void)
{
    static const struct { const char *method, *name;
    } all[] = {
        { "Brownian\":{\"dt\":0.004,\"drift\":0.05,\"volatility\":0.2}", "brownian" },
        { "GeometricBrownian\":{\"dt\":0.004,\"drift\":0.05,\"volatility\":0.2}", "geometric_brownian" },
        { "LogReturns\":{\"dt\":0.004,\"expected_return\":0.05,\"volatility\":0.2,\"autocorrelation\":0.1}", "log_returns" },
        { "LogReturns\":{\"dt\":0.004,\"expected_return\":0.05,\"volatility\":0.2,\"autocorrelation\":null}",
          "log_returns" },
        { "MeanReverting\":{\"dt\":0.004,\"volatility\":0.2,\"speed\":2,\"mean\":100}", "mean_reverting" },
        { "JumpDiffusion\":{\"dt\":0.004,\"drift\":0.05,\"volatility\":0.2,\"intensity\":3,\"jump_mean\":-0.1,"
          "\"jump_volatility\":0.1}",
          "merton" },
        { "Garch\":{\"dt\":0.004,\"drift\":0.05,\"volatility\":0.2,\"alpha\":0.1,\"beta\":0.85}", "garch" },
        { "Heston\":{\"dt\":0.004,\"drift\":0.05,\"volatility\":0.2,\"kappa\":2,\"theta\":0.04,\"xi\":0.3,\"rho\":-0.7}",
          "heston" },
        { "Custom\":{\"dt\":0.004,\"drift\":0.05,\"volatility\":0.2,\"vov\":0.3,\"vol_speed\":2,\"vol_mean\":0.2}",
          "custom" },
        { "Telegraph\":{\"dt\":0.004,\"drift\":0.05,\"volatility\":0.2,\"lambda_up\":1,\"lambda_down\":2,"
          "\"vol_multiplier_up\":1.5,\"vol_multiplier_down\":null}",
          "telegraph" },
        { "Historical\":{\"timeframe\":\"Day\",\"prices\":[100,101,99.5,99],\"symbol\":\"X\"}", "historical" },
    };

    test_begin("params: the methods of OptionChain-Simulator");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char request[400];
        struct oc_walks w;
        struct oc_err err = { 0 };
        double dt = NAN;
        snprintf(request, sizeof request, "{\"symbol\":\"X\",\"initial_price\":100,\"method\":{\"%s}}", all[i].method);
        struct oc_walk_words says = words(NULL, NULL, file("method.json", request));
        if (oc_walks_read(&w, &says, &io, &dt, &err)) {
            test_fail("%s: %s", all[i].method, err.text);
            continue;
        }
        w.walk[0].spot = w.market[0].spot;
        w.walk[0].dt = isnan(dt) ? w.walk[0].data.price_dt : dt;
        CHECK(strcmp(w.walk[0].process->name, all[i].name) == 0 && strcmp(w.symbol[0], "X") == 0, "%s",
              w.walk[0].process->name);
        CHECK(oc_walk_open(&w.walk[0], &err) == 0, "%s: %s", all[i].method, err.text);
        oc_walk_close(&w.walk[0]);
        oc_walks_free(&w);
    }
    test_end();
}

/* By a pipe, which cannot be read twice. */
static const char *piped(const char *what)
{
    int fd[2];
    char name[40];

    if (pipe(fd) || write(fd[1], what, strlen(what)) != (ssize_t)strlen(what))
        return "no pipe";
    close(fd[1]);
    snprintf(name, sizeof name, "/dev/fd/%d", fd[0]);
    const char *got = params(name);
    close(fd[0]);
    return got;
}

static void pipes(void)
{
    test_begin("params: by a pipe");
    is(piped("model,name,value\ngbm,volatility,0.25\n"), "geometric_brownian:volatility=0.25");
    is(piped("{\"model\":\"gbm\",\"name\":\"volatility\",\"value\":0.5}\n"), "geometric_brownian:volatility=0.5");
    is(piped("{\"GeometricBrownian\":{\"volatility\":0.2}}"), "geometric_brownian:volatility=0.2");
    has(piped("model,name,value\ngbm,volatility,x\n"), "not a number");
    test_end();
}

int main(void)
{
    if (!mkdtemp(dir))
        return 1;
    specs();
    several();
    records();
    markets();
    data();
    series();
    requests();
    methods();
    pipes();
    return test_done();
}
