/* barstate - see barstate.h */
#include "app/barstate.h"

#include "app/barkeep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static void keep_names(struct oc_barkeep *k, const struct oc_bars *b)
{
    const struct { const char *name, *word;
    } option[] = {
        { "--price", b->price_word },
        { "--classify", b->sign_word },
        { "--hours", b->hours },
        { "--align", b->clock.by_session ? "session" : "clock" },
        { "--fill", b->fill ? "yes" : "no" },
        { "--interval", b->interval },
        { "--vpin", b->vpin },
        { "--delay", b->delay },
        { "zone-and-calendar", b->instants->notes },
    };
    char text[4096] = "";
    size_t n = 0;

    for (size_t i = 0; i < b->specs.n; i++)
        n += (size_t)snprintf(text + n, n < sizeof text ? sizeof text - n : 0, "%s%s", i ? " " : "", b->specs.v[i].name);
    oc_barkeep_same(k, "kinds", text);
    for (size_t i = 0; i < sizeof option / sizeof *option; i++)
        oc_barkeep_same(k, option[i].name, option[i].word ? option[i].word : "");
    snprintf(text, sizeof text, "%llu %g", (unsigned long long)b->metadata, b->round_lot);
    oc_barkeep_same(k, "--metadata and --round-lot", text);
    snprintf(text, sizeof text, "%s%s%s%s%s%s%s%s%s", b->finer ? "bars" : "ticks", b->whose.has_run ? " run" : "",
             b->whose.has_path ? " path" : "", b->has_symbol ? " symbol" : "",
             b->has_size ? " size" : "", b->has_money ? " money" : "", b->has_sides ? " sides" : "",
             b->has_trades ? " trades" : "", b->has_quote ? " quotes" : "");
    oc_barkeep_same(k, "input", text);
}

/* The file of that name is the one that was opened, or there is still none. */
static bool unchanged(const struct oc_bars *b)
{
    struct stat named, held;

    if (stat(b->state, &named) != 0)
        return b->state_fd < 0;
    return b->state_fd >= 0 && fstat(b->state_fd, &held) == 0 && named.st_dev == held.st_dev && named.st_ino == held.st_ino;
}

/* A run that ends replaces the file, so the lock is on what this run reads.  File systems without locks do without. */
static int hold(struct oc_bars *b, struct oc_err *err)
{
    b->state_fd = open(b->state, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (b->state_fd >= 0 && ((flock(b->state_fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) || !unchanged(b)))
        return oc_fail(err, OC_USAGE, "--state: another run goes on from %s", b->state);
    return 0;
}

static int other_run(const struct oc_bars *b, struct oc_err *err)
{
    return oc_fail(err, OC_IO, "--state: another run wrote %s meanwhile: these bars are not what follows it", b->state);
}

int oc_barstate_load(struct oc_bars *b, struct oc_err *err)
{
    struct oc_barkeep k = { .reading = true };
    int64_t n = 0;

    if (hold(b, err))
        return -1;
    if (access(b->state, F_OK) != 0)
        return 0;                               /* the first part */
    int rc = oc_barkeep_load(&k, b->state, err);
    if (rc == 0) {
        keep_names(&k, b);
        oc_barwhose_keep(&k, &b->whose);
        oc_barkeep_i64(&k, "symbols", &n);
    }
    for (int64_t i = 0; rc == 0 && !k.bad && i < n; i++) {
        const char *name = "";
        size_t length = 0;
        oc_barkeep_text(&k, "symbol", &name, &length);
        struct oc_barsymbol *s = oc_bars_symbol(b, name, length, err);
        if (!s)
            rc = -1;
        else if (s->number != i)
            k.bad = true;
        else
            oc_barsymbol_keep(&k, s, &b->specs);
    }
    if (rc == 0 && (k.bad || k.at != k.end))
        rc = oc_fail(err, OC_USAGE, "--state: %s is of another run: %s", b->state,
                     k.bad && k.why[0] ? k.why : "it holds something else");
    oc_barkeep_free(&k);
    return rc;
}

static int save(struct oc_bars *b, int rc, struct oc_err *err)
{
    struct oc_barkeep k;
    struct oc_err why = { 0 };
    int64_t n = (int64_t)b->nsymbol;

    if (!b->state || !b->ended || (rc && err->code != OC_INCOMPLETE))
        return rc;
    oc_barkeep_begin(&k);
    keep_names(&k, b);
    oc_barwhose_keep(&k, &b->whose);
    oc_barkeep_i64(&k, "symbols", &n);
    bool lines = b->whose.run.n && memchr(b->whose.run.p, '\n', b->whose.run.n);
    for (size_t i = 0; i < b->nsymbol; i++) {
        struct oc_barsymbol *s = b->symbol[i];
        const char *name = s->name;
        oc_barkeep_text(&k, "symbol", &name, &s->length);
        oc_barsymbol_keep(&k, s, &b->specs);
        lines |= memchr(s->name, '\n', s->length) != NULL;
    }
    if (lines) {
        oc_barkeep_free(&k);
        return oc_fail(err, OC_DATA, "--state: a symbol or run with a line end in it cannot be kept");
    }
    const int saved = unchanged(b) ? oc_barkeep_save(&k, b->state, &why) : other_run(b, &why);
    oc_barkeep_free(&k);
    if (saved)
        *err = why;
    return saved ? -1 : rc;
}

int oc_barstate_save(struct oc_bars *b, int rc, struct oc_err *err)
{
    const int saved = save(b, rc, err);

    if (b->state_fd >= 0)
        close(b->state_fd);
    b->state_fd = -1;
    return saved;
}
