/* serve - any bytes as requests to a service of sessions in a file of their own: an answer to each line, and no sanitizer complains. */
#include "app/serve.h"
#include "app/step.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct oc_io io;
static struct oc_instants instants;
static struct oc_step step;

static int open_plan(void *ctx, struct oc_stepper *s, struct oc_err *err) { return oc_step_open(ctx, s, err); }
static bool reads(void *ctx) { return oc_step_reads(ctx); }

/* Lines of `in` that hold more than blanks: so many answers there must be.  (No line is too long here.) */
static size_t requests(const uint8_t *in, size_t n)
{
    size_t count = 0;
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        any |= in[i] != ' ' && in[i] != '\t' && in[i] != '\r' && in[i] != '\n';
        if (in[i] == '\n' || i + 1 == n) {
            count += any;
            any = false;
        }
    }
    return count;
}

static size_t count_lines(int fd)
{
    char piece[4096];
    size_t count = 0;

    lseek(fd, 0, SEEK_SET);
    for (ssize_t n; (n = read(fd, piece, sizeof piece)) > 0;)
        for (ssize_t i = 0; i < n; i++)
            count += piece[i] == '\n';
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    io = (struct oc_io)OC_IO_DEFAULT;
    step = (struct oc_step){ .chain = { .spot = NAN, .vol = NAN, .rate = NAN, .dividend_yield = NAN }, .clock = "calendar",
                             .stick = "delta", .greek_units = "textbook", .paths = 1, .to = UINT64_MAX, .dt = NAN, .io = &io,
                             .instants = &instants };
    const struct oc_opt opts[] = {
        { "model", "SPEC", "", OC_LIST(&step.model) }, { "params", "FILE", "", OC_FILE(&step.params) },
        { "step", "TIME", "", OC_STR(&step.step) }, { "steps", "N", "", OC_U64(&step.steps) },
        { "seed", "N", "", OC_STR(&step.seed) }, { "symbol", "SYM", "", OC_STR(&step.chain.symbol) },
        { "start", "INSTANT", "", OC_STR(&step.start) }, { "spot", "PRICE", "", OC_NUM(&step.chain.spot) },
        { "rate", "RATE", "", OC_RATE(&step.chain.rate) }, { "dividend-yield", "RATE", "", OC_RATE(&step.chain.dividend_yield) },
        { "factors", NULL, "", OC_FLAG(&step.factors) }, OC_IO_OPTS(&io), { 0 }
    };
    const struct oc_prog prog = { "fuzz", "", opts };
    const struct oc_sessionhost host = { .prog = &prog, .io = &io, .open = open_plan, .reads = reads, .ctx = &step };
    struct oc_sessiondesk desk = { .plans = oc_sessionplan_host(&host) };
    const int keep = dup(1), in = memfd_create("in", 0), out = memfd_create("out", 0);
    struct oc_err err = { 0 };
    char id[OC_SESSION_ID + 1], url[100];

    if (!desk.plans || keep < 0 || in < 0 || out < 0 || size > 60000 || write(in, data, size) != (ssize_t)size)
        exit(size > 60000 ? 0 : 1);
    lseek(in, 0, SEEK_SET);
    dup2(in, 0);
    dup2(out, 1);
    snprintf(url, sizeof url, "sqlite:%s/oc-fuzz-serve-%ld", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm", (long)getpid());
    if (oc_sessions_open(url, true, &desk.store, id, &err) || oc_serve_run(&desk, false, &io, &err))
        abort();
    dup2(keep, 1);
    if (count_lines(out) != requests(data, size))
        abort();
    oc_sessions_close(desk.store);
    unlink(url + strlen("sqlite:"));
    oc_sessionplan_close(desk.plans);
    oc_opt_free();
    close(keep);
    close(in);
    close(out);
    return 0;
}
