/* chain - see chain.h. */
#include "app/chain.h"

#include "app/chainocs.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 4096 };      /* rows; even */

/* What the other program's layout has no column for. */
static int check_ocs(const struct oc_chain_run *c, struct oc_err *err)
{
    const struct { const char *name; bool given; } option[] = {
        { "greeks", c->words.greeks }, { "sizes", c->words.sizes }, { "contract-symbol", c->contract_symbol },
        { "forward", c->words.by_forward }, { "greek-units market", strcmp(c->greek_units, "market") == 0 },
    };

    for (size_t i = 0; c->ocs && i < sizeof option / sizeof *option; i++)
        if (option[i].given)
            return oc_fail(err, OC_USAGE, "--%s: --dialect ocs has columns of its own, and none for this", option[i].name);
    return 0;
}

int oc_chain_open(struct oc_chain_run *c, struct oc_io *io, struct oc_err *err)
{
    if (io->ninput)
        return oc_fail(err, OC_USAGE,
                       "'%s': no records are read; --spec names a request, --surface, --curve and --dividends files",
                       io->input[0]);
    c->ocs = strcmp(c->dialect, "ocs") == 0;
    if (check_ocs(c, err) || oc_instants_open(&c->instants, io, NULL, err))
        return -1;
    if (oc_chain_plan(&c->words, io, c->instants.has_ts ? c->instants.ts : OC_CHAIN_NO_TS, &c->plan, err))
        return -1;
    c->at = (struct oc_chain_at){ .ts = c->plan.ts, .spot = c->plan.spot, .level = 1, .ref_spot = c->plan.spot };
    c->cols.market_units = strcmp(c->greek_units, "market") == 0;
    c->cols.contract_symbol = c->contract_symbol;
    if (c->ocs)
        c->plan.chain.want[OC_DELTA] = c->plan.chain.want[OC_GAMMA] = true;
    if (oc_chaincols_open(&c->cols, &c->plan, err) || oc_chain_list(&c->plan.chain, &c->at, &c->list, err)
        || oc_chaincols_check(&c->cols, &c->list, err))
        return -1;
    return c->plan.strict ? oc_chain_arbitrage(&c->plan.chain, &c->at, &c->list, err) : 0;
}

/* A block's place and, to be used again, its rows. */
struct job { size_t from, n; struct oc_chain_rows rows; };

static int next_job(void *ctx, uint64_t number, void **slot, struct oc_err *err)
{
    const struct oc_chain_run *c = ctx;
    const size_t total = 2 * c->list.nladder, from = (size_t)number * BLOCK;
    struct job *j = *slot;

    if (from >= total)
        return 0;
    if (!j && !(*slot = j = calloc(1, sizeof *j)))
        return oc_fail(err, OC_MEMORY, "no memory for a block");
    j->from = from;
    j->n = total - from < BLOCK ? total - from : BLOCK;
    return 1;
}

static void free_job(void *slot)
{
    struct job *j = slot;

    if (j)
        oc_chain_free(&j->rows);
    free(j);
}

static int fill(const struct oc_chain_run *c, const struct oc_chain_rows *rows, struct oc_batch *out, struct oc_err *err)
{
    const struct oc_chain_view view = { c->at.ts, c->at.spot, &c->list, rows };

    return c->ocs ? oc_chainocs_fill(&c->cols, &c->at, &c->list, rows, out, err)
                  : oc_chaincols_fill(&c->cols, rows ? 1 : 0, &view, out, err);
}

static int make(void *ctx, struct oc_batch *b, struct oc_batch *out, struct oc_err *err)
{
    const struct oc_chain_run *c = ctx;
    struct job *j = b->job;

    if (!j)
        return fill(c, NULL, out, err);
    return oc_chain_part(&c->plan.chain, &c->at, &c->list, j->from, j->n, &j->rows, err)
           || fill(c, &j->rows, out, err) ? -1 : 0;
}

int oc_chain_write(struct oc_chain_run *c, struct oc_io *io, struct oc_err *err)
{
    return oc_run(io, &(struct oc_work){ .job = next_job, .job_free = free_job, .make = make, .make_kind = "quote",
                                         .crlf = c->ocs, .ctx = c }, err);
}

void oc_chain_close(struct oc_chain_run *c)
{
    oc_chain_free(&c->list);
    oc_chaincols_close(&c->cols);
    oc_chain_plan_free(&c->plan);
    oc_instants_close(&c->instants);
}

int oc_chain_surfaces(FILE *out, const char *value, struct oc_err *err)
{
    char line[400];

    (void)value;
    for (size_t i = 0; oc_smile_at(i); i++) {
        oc_smile_line(i, line, sizeof line);
        fprintf(out, "%s\n", line);
    }
    return ferror(out) ? oc_fail_errno(err, OC_IO, "cannot write to standard output") : 0;
}
