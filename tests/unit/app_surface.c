/* --surface: smile models from specs and records; slices by years and by expiry; what is refused. */
#include "app/params.h"
#include "base/time.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct oc_io io = OC_IO_DEFAULT;
static struct oc_smile s;
static struct oc_err err;
static struct oc_calendar *cal;
static int64_t ts;                      /* 2026-01-02T21:00Z */

static const char *file(const char *text)
{
    static char path[] = "/tmp/oc-surface-XXXXXX";

    memcpy(path + strlen(path) - 6, "XXXXXX", 6);
    const int fd = mkstemp(path);
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd))
        test_fail("cannot write %s", path);
    return path;
}

static struct oc_surface_of of = { .symbol = "" };

static int read_from(const char *what, bool is_file)
{
    oc_smile_close(&s);
    err = (struct oc_err){ 0 };
    const int rc = oc_surface_read(&s, what, &of, &io, &err);
    if (is_file)
        unlink(what);
    return rc;
}

static void refuse(const char *what, bool is_file, const char *say)
{
    CHECK(read_from(what, is_file) == -1 && strstr(err.text, say), "'%s' has no '%s'", err.text, say);
}

static void specs(void)
{
    test_begin("surface: specs");
    CHECK(read_from("flat:atm=20%", false) == 0 && s.n == 1, "%s", err.text);
    CHECK(oc_smile_atm(&s, 0.5, 100) == 0.2, "%g", oc_smile_atm(&s, 0.5, 100));
    refuse("flat:atn=0.2", false, "did you mean 'atm'");
    refuse("flat", false, "atm");
    refuse("flatt:atm=0.2", false, "flat");
    refuse("flat:atm=x", false, "not a number");
    refuse("flat:atm=0.2,atm=0.3", false, "twice");
    refuse("/nowhere/file", false, "cannot be opened");
    test_end();
}

static void records(void)
{
    test_begin("surface: records");
    CHECK(read_from(file("model,name,years,value\nflat,atm,1,0.3\nflat,atm,0.25,0.2\n"), true) == 0 && s.n == 2, "%s",
          err.text);
    CHECK(s.n == 2 && s.slice[0].years == 0.25 && oc_smile_atm(&s, 0.25, 100) == 0.2 && oc_smile_atm(&s, 1, 100) == 0.3,
          "slices");
    /* an expiry is the close of its day: 14 days of 24 hours from one close to another */
    CHECK(read_from(file("model,symbol,name,expiry,value\nflat,SPX,atm,2026-01-16,0.3\n"), true) == 0, "%s", err.text);
    CHECK(s.n == 1 && fabs(s.slice[0].years - 14.0 / 365) < 1e-15, "%.17g years", s.n ? s.slice[0].years : 0);
    /* parameters of all expiries beside those of each, and a walk's in the same file */
    CHECK(read_from(file("model,name,years,value\nssvi,theta,0.5,0.02\nssvi,theta,1,0.04\nssvi,rho,,-0.3\nssvi,eta,,1\n"
                         "ssvi,gamma,,0.4\nheston,kappa,,2\n"), true) == 0 && s.n == 2, "%s", err.text);
    CHECK(s.n == 2 && memcmp(&s.slice[0].p[1], &s.slice[1].p[1], sizeof(double)) == 0, "rho of both");
    refuse(file("model,name,years,value\nflat,atm,1,0.3\nsvi,a,1,0.3\n"), true, "two smile models");
    refuse(file("model,symbol,name,years,value\nflat,A,atm,1,0.3\nflat,B,atm,0.5,0.3\n"), true, "surfaces of A and B");
    refuse(file("model,name,years,value\nflat,atm,1,0.3\nflat,atm,,0.3\n"), true, "twice");
    refuse(file("model,name,years,value\nflat,atm,0,0.3\n"), true, "not above 0");
    refuse(file("model,name,expiry,value\nflat,atm,2026-01-02,0.3\n"), true, "over");
    refuse(file("model,name,value\nheston,kappa,2\n"), true, "no smile model");
    refuse(file("model,name,years,value\nssvi,theta,0.5,0.02\n"), true, "missing");
    test_end();
}

/* Slices in no order, their parameters apart, one of them for all: each has its own. */
static void scattered(void)
{
    enum { SLICES = 997 };
    char *text = malloc(64 * (2 * SLICES + 3));
    size_t n = (size_t)sprintf(text, "model,name,years,value\n");

    test_begin("surface: slices in no order");
    for (int i = 0; i < SLICES; i++)
        n += (size_t)sprintf(text + n, "ssvi,theta,%d,%d\n", 1 + i * 331 % SLICES, 1 + i * 331 % SLICES);
    n += (size_t)sprintf(text + n, "ssvi,rho,,-0.3\nssvi,gamma,,0.4\n");
    for (int i = 0; i < SLICES; i++)
        n += (size_t)sprintf(text + n, "ssvi,eta,%d,%.17g\n", 1 + i * 19 % SLICES, 1.0 / (1 + i * 19 % SLICES));
    CHECK(read_from(file(text), true) == 0 && s.n == SLICES, "%s", err.text);
    for (size_t i = 0; i < s.n; i++) {
        const double y = (double)i + 1, want[] = { y, -0.3, 1 / y, 0.4 };
        CHECK(s.slice[i].years == y && memcmp(s.slice[i].p, want, sizeof want) == 0, "slice %zu: %g years, %g %g %g %g", i,
              s.slice[i].years, s.slice[i].p[0], s.slice[i].p[1], s.slice[i].p[2], s.slice[i].p[3]);
        CHECK(fabs(oc_smile_atm(&s, y, 100) - 1) < 1e-12, "at the money in %g years: %.17g", y, oc_smile_atm(&s, y, 100));
    }
    sprintf(text + n, "ssvi,eta,500,1\n");
    refuse(file(text), true, "is given twice");
    free(text);
    test_end();
}

/* What is of another symbol, root or of a later time. */
static void others(void)
{
    test_begin("surface: of this chain");
    of.symbol = "SPX";
    of.root[0] = "SPXW";
    of.root[1] = "SPX";
    CHECK(read_from(file("model,symbol,name,years,value\nflat,NDX,atm,1,0.3\nsvi,NDX,a,2,0.3\nflat,SPX,atm,1,0.2\nflat,,atm,2,0.25\n"),
                    true) == 0 && s.n == 2, "%s", err.text);
    CHECK(s.n == 2 && oc_smile_atm(&s, 1, 100) == 0.2 && oc_smile_atm(&s, 2, 100) == 0.25, "its own");
    refuse(file("model,symbol,name,years,value\nflat,NDX,atm,1,0.3\nflat,NDXP,atm,1,0.3\nflat,NDX,atm,2,0.3\n"), true,
           "symbols NDX NDXP, none of SPX");
    refuse(file("model,symbol,name,years,value\nflat,NDXP,atm,1,0.3\nflat,NDX,atm,1,0.3\n"), true,
           "symbols NDX NDXP, none of SPX");
    refuse("flat:atm=0.2@NDX", false, "of NDX");
    CHECK(read_from("flat:atm=0.2@SPX", false) == 0, "%s", err.text);
    CHECK(read_from(file("model,symbol,root,name,years,value\nflat,SPX,SPXW,atm,1,0.2\nflat,SPX,XSP,atm,1,0.3\n"), true) == 0
              && s.n == 1 && oc_smile_atm(&s, 1, 100) == 0.2, "%s", err.text);
    refuse(file("model,symbol,root,name,years,value\nflat,SPX,XSP,atm,1,0.2\nflat,NDX,NDX,atm,1,0.2\n"), true,
           "roots XSP, none of SPXW or SPX");
    CHECK(read_from(file("model,ts,name,value\nflat,2026-01-02T21:00:00Z,atm,0.2\n"), true) == 0, "%s", err.text);
    CHECK(read_from(file("model,ts,name,value\nflat,2026-01-02T20:00:00Z,atm,0.2\n"), true) == 0, "%s", err.text);
    refuse(file("model,ts,name,value\nflat,2026-01-02T21:00:01Z,atm,0.2\n"), true, "cannot know it");
    test_end();
}

int main(void)
{
    int32_t days;

    if (oc_calendar_open("XNYS", &cal, &err) || !oc_time_parse_date("2026-01-02", 10, &days) || oc_time_midnight(days, &ts))
        return 1;
    ts += 21 * 3600 * OC_TIME_SECOND;
    specs();
    of.calendar = cal;
    of.ts = ts;
    records();
    scattered();
    others();
    oc_smile_close(&s);
    oc_calendar_free(cal);
    return test_done();
}
