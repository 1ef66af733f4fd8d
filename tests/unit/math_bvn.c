/* the bivariate normal distribution against testdata/bvn.kat, its limits, and its bits */
#include "math/bvn.h"

#include "math/norm.h"
#include "math_ref.h"

enum { ROWS = 400 };

static const double bound = 1e-15;      /* absolute, as bvn.h states */

struct row {
    double h, k, r, value;
};

static size_t load(struct row *row)
{
    FILE *const f = fopen("testdata/bvn.kat", "r");
    char line[256];
    size_t n = 0;

    if (!f)
        return 0;
    while (fgets(line, sizeof line, f) && n < ROWS)
        if (line[0] != '#' && sscanf(line, "%lf %lf %lf %lf", &row[n].h, &row[n].k, &row[n].r, &row[n].value) == 4)
            n++;
    fclose(f);
    return n;
}

static void near(const char *what, const struct row *t, double got, double want)
{
    CHECK(fabs(got - want) <= bound, "%s at %g %g %g: %.17g, not %.17g (%.2g)", what, t->h, t->k, t->r, got, want, got - want);
}

static void check_values(const struct row *row, size_t n)
{
    double worst = 0.0;

    for (size_t i = 0; i < n; i++) {
        const struct row *const t = &row[i];
        const double p = oc_bvn_cdf(t->h, t->k, t->r), e = fabs(p - t->value);
        near("cdf", t, p, t->value);
        near("cdf of (k, h)", t, oc_bvn_cdf(t->k, t->h, t->r), t->value);
        near("sf", t, oc_bvn_sf(-t->h, -t->k, t->r), t->value);
        worst = e > worst ? e : worst;
    }
    printf("# bvn: worst error %.2e of %zu points, bound %.0e\n", worst, n, bound);
}

/* P(X<h,Y<k;r) + P(X<h,Y>k;r) = P(X<h): the second is the first for (h, -k, -r).  Across the seam at 0.925 too. */
static void check_identities(size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct row t = { ref_uniform(-6.0, 6.0), ref_uniform(-6.0, 6.0), ref_uniform(-1.0, 1.0), 0.0 };
        if (i % 4 == 0)
            t.r = t.r < 0.0 ? ref_uniform(-1.0, -0.92) : ref_uniform(0.92, 1.0);
        const double a = oc_bvn_cdf(t.h, t.k, t.r), b = oc_bvn_cdf(t.h, -t.k, -t.r);
        CHECK(fabs(a + b - oc_norm_cdf(t.h)) <= 2 * bound, "at %a %a %a: %.17g + %.17g", t.h, t.k, t.r, a, b);
        CHECK(a >= 0.0 && a <= oc_norm_cdf(t.h < t.k ? t.h : t.k) + bound, "at %a %a %a: %.17g", t.h, t.k, t.r, a);
    }
}

static void check_limits(void)
{
    const double h = 0.7, k = -0.4;

    CHECK(oc_bvn_cdf(h, k, 1.0) == oc_norm_cdf(k), "r = 1: %.17g", oc_bvn_cdf(h, k, 1.0));
    CHECK(fabs(oc_bvn_cdf(h, k, -1.0) - (oc_norm_cdf(h) - oc_norm_cdf(-k))) <= bound, "r = -1: %.17g", oc_bvn_cdf(h, k, -1.0));
    CHECK(oc_bvn_cdf(-1.0, 0.5, -1.0) == 0.0, "r = -1, apart: %.17g", oc_bvn_cdf(-1.0, 0.5, -1.0));
    CHECK(oc_bvn_cdf(h, INFINITY, 0.3) == oc_norm_cdf(h), "k infinite: %.17g", oc_bvn_cdf(h, INFINITY, 0.3));
    CHECK(oc_bvn_cdf(INFINITY, k, 0.95) == oc_norm_cdf(k), "h infinite: %.17g", oc_bvn_cdf(INFINITY, k, 0.95));
    CHECK(oc_bvn_cdf(INFINITY, INFINITY, -1.0) == 1.0, "both infinite: %.17g", oc_bvn_cdf(INFINITY, INFINITY, -1.0));
    CHECK(oc_bvn_cdf(-INFINITY, INFINITY, 0.5) == 0.0, "h -infinite: %.17g", oc_bvn_cdf(-INFINITY, INFINITY, 0.5));
    CHECK(oc_bvn_cdf(1e200, 1e200, 0.5) == 1.0 && oc_bvn_cdf(-1e200, 1e200, 0.95) == 0.0
        && oc_bvn_cdf(1e200, k, -0.95) == oc_norm_cdf(k), "large arguments");
    CHECK(oc_bvn_cdf(h, k, 0.0) == oc_norm_cdf(h) * oc_norm_cdf(k), "r = 0: %.17g", oc_bvn_cdf(h, k, 0.0));
    CHECK(isnan(oc_bvn_cdf(h, k, 1.0000001)) && isnan(oc_bvn_cdf(NAN, k, 0.1)) && isnan(oc_bvn_cdf(h, NAN, 0.1))
        && isnan(oc_bvn_cdf(h, k, NAN)), "no NaN outside of the domain");
}

static void check_bits(size_t n)
{
    const enum oc_isa before = oc_isa();

    for (size_t i = 0; i < n; i++) {
        const double h = ref_uniform(-9.0, 9.0), k = ref_uniform(-9.0, 9.0), r = ref_uniform(-1.0, 1.0);
        oc_isa_use(OC_ISA_BASE);
        const double want = oc_bvn_cdf(h, k, r);
        for (int s = OC_ISA_AVX512; s < OC_ISA_BASE; s++)
            if (oc_isa_use((enum oc_isa)s) == 0)
                CHECK(ref_same(oc_bvn_cdf(h, k, r), want), "%s differs at %a %a %a", oc_isa_name((enum oc_isa)s), h, k, r);
    }
    oc_isa_use(before);
}

int main(void)
{
    static struct row row[ROWS];
    const size_t n = load(row);

    test_begin("math_bvn values");
    CHECK(n >= 250, "only %zu rows in testdata/bvn.kat", n);
    check_values(row, n);
    test_end();
    test_begin("math_bvn identities");
    check_identities(ref_size(100000));
    test_end();
    test_begin("math_bvn limits");
    check_limits();
    test_end();
    test_begin("math_bvn same bits");
    check_bits(ref_size(5000));
    test_end();
    return test_done();
}
