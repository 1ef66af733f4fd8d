/*
 * runstats - see runstats.h.  The clock is read for these files and for progress only; nothing of it reaches a
 * record.
 */
#include "record/runstats.h"

#include "record/manifest.h"
#include "record/output.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int64_t oc_stats_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- progress -------------------------------------------------------------------------------------------- */

/* For the handler: what the last block left behind.  Written by the emitting thread. */
static struct { uint64_t in, out, taken, size; int64_t start; } last;

static size_t put_u64(char *p, uint64_t v)
{
    char tmp[24];
    size_t n = 0;

    do
        tmp[n++] = (char)('0' + v % 10);
    while (v /= 10);
    for (size_t i = 0; i < n; i++)
        p[i] = tmp[n - 1 - i];
    return n;
}

static size_t put_str(char *p, const char *s)
{
    const size_t n = strlen(s);

    memcpy(p, s, n);
    return n;
}

/* One line, without stdio: it is called from the signal handler too. */
static void progress_line(bool carriage_return)
{
    char b[256];
    size_t n = 0;
    const int64_t ns = oc_stats_clock() - last.start;
    const uint64_t sec = (uint64_t)ns / 1000000000u;

    n += put_u64(b + n, last.in);
    n += put_str(b + n, " rows in, ");
    n += put_u64(b + n, last.out);
    n += put_str(b + n, " out, ");
    n += put_u64(b + n, ns > 0 ? (uint64_t)((double)last.in * 1e9 / (double)ns) : 0);
    n += put_str(b + n, " rows/s, ");
    n += put_u64(b + n, sec);
    n += put_str(b + n, " s");
    if (last.taken && last.taken < last.size) {
        n += put_str(b + n, ", ETA ");
        n += put_u64(b + n, (uint64_t)((double)ns * 1e-9 * ((double)last.size / (double)last.taken - 1)));
        n += put_str(b + n, " s");
    }
    n += put_str(b + n, carriage_return ? "   \r" : "\n");
    if (write(STDERR_FILENO, b, n) < 0)
        return;                         /* progress that nobody can see is no error */
}

static void on_usr1(int sig)
{
    (void)sig;
    progress_line(false);
}

/* Bytes of all inputs where all are regular files, else 0. */
static uint64_t input_size(const struct oc_io *io)
{
    uint64_t size = 0;
    struct stat st;

    for (size_t i = 0; i < io->ninput; i++) {
        if (strcmp(io->input[i], "-") == 0 || stat(io->input[i], &st) || !S_ISREG(st.st_mode))
            return 0;
        size += (uint64_t)st.st_size;
    }
    return size;
}

void oc_stats_begin(struct oc_stats *s, const struct oc_io *io)
{
    struct sigaction act = { .sa_handler = on_usr1, .sa_flags = SA_RESTART };

    s->start_ns = s->shown_ns = oc_stats_clock();
    last.start = s->start_ns;
    last.in = last.out = last.taken = 0;
    last.size = input_size(io);
    s->digest = oc_run_digests(io);
    oc_sha256_init(&s->output.sha);
    oc_sha256_init(&s->rejects.sha);
    const char *when = io->progress ? io->progress : "auto";
    s->show = strcmp(when, "always") == 0 || (strcmp(when, "auto") == 0 && !io->quiet && isatty(STDERR_FILENO) == 1);
    sigaction(SIGUSR1, &act, NULL);
}

void oc_stats_block(struct oc_stats *s, int64_t ns, const struct oc_count *c, uint64_t taken)
{
    const int64_t now = oc_stats_clock();
    int i = 0;

    last.in = c->in;
    last.out = c->out;
    last.taken = taken;
    /* buckets of a quarter octave from 64 ns */
    for (double x = 64; x < (double)ns && i < OC_STATS_BUCKETS - 1; i++)
        x *= 1.189207115002721;
    s->bucket[i]++;
    const bool live = s->show && now - s->start_ns > 2000000000 && now - s->shown_ns > 250000000;
    if (live) {
        s->shown_ns = now;
        progress_line(true);
    }
}

void oc_stats_reject(struct oc_stats *s, const char *column, size_t n)
{
    char name[sizeof s->reason[0].column];
    size_t i = 0;

    snprintf(name, sizeof name, "%.*s", n ? (int)n : 6, n ? column : "record");
    while (i < s->nreason && strcmp(s->reason[i].column, name) != 0)
        i++;
    if (i == OC_STATS_REASONS)
        snprintf(s->reason[--i].column, sizeof name, "others");
    else if (i == s->nreason)
        memcpy(s->reason[s->nreason++].column, name, sizeof name);
    s->reason[i].rows++;
}

/* ---- files ----------------------------------------------------------------------------------------------- */

void oc_tally_add(struct oc_tally *t, const void *p, size_t n)
{
    t->bytes += n;
    oc_sha256_add(&t->sha, p, n);
}

static double quantile(const struct oc_stats *s, double q)
{
    uint64_t total = 0, seen = 0;
    double x = 64e-9;

    for (int i = 0; i < OC_STATS_BUCKETS; i++)
        total += s->bucket[i];
    for (int i = 0; i < OC_STATS_BUCKETS; i++, x *= 1.189207115002721) {
        seen += s->bucket[i];
        if (total && (double)seen >= q * (double)total)
            return x;
    }
    return 0;
}

static void json_text(struct oc_buf *b, const char *s)
{
    oc_buf_char(b, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            oc_buf_char(b, '\\');
        if ((unsigned char)*s < ' ')
            oc_buf_printf(b, "\\u%04x", (unsigned)(unsigned char)*s);
        else
            oc_buf_char(b, *s);
    }
    oc_buf_char(b, '"');
}

static int write_file(const char *path, struct oc_buf *b, struct oc_err *err)
{
    struct oc_output o;

    if (b->failed)
        return oc_fail(err, OC_MEMORY, "no memory to write %s", path);
    if (oc_output_open(&o, path, err))
        return -1;
    const int rc = o.sink.write(&o.sink, b->p, b->n, err);
    return oc_output_close(&o, rc == 0, err) ? -1 : rc;
}

struct figure { const char *name, *help; double value; };

enum { NFIGURE = 13 };

static void figures(const struct oc_stats *s, const struct oc_count *c, int status, struct figure f[NFIGURE])
{
    struct rusage ru = { 0 };
    getrusage(RUSAGE_SELF, &ru);
    const struct figure all[NFIGURE] = {
        { "rows_in", "records read", (double)c->in },
        { "rows_out", "records written", (double)c->out },
        { "rows_rejected", "malformed records written to --rejects", (double)c->rejected },
        { "rows_excluded", "records that --where left out", (double)c->excluded },
        { "rows_empty", "malformed records kept without values", (double)c->empty },
        { "rows_unanswered", "records with a reason in status", (double)c->unanswered },
        { "bytes_in", "bytes read from the inputs", (double)s->bytes_in },
        { "bytes_out", "bytes written", (double)s->bytes_out },
        { "seconds", "wall time", (double)(oc_stats_clock() - s->start_ns) * 1e-9 },
        { "block_seconds_p50", "median seconds to compute and write a block", quantile(s, 0.50) },
        { "block_seconds_p95", "95th percentile", quantile(s, 0.95) },
        { "block_seconds_p99", "99th percentile", quantile(s, 0.99) },
        { "peak_memory_bytes", "largest resident set", (double)ru.ru_maxrss * 1024 },
    };
    (void)status;
    memcpy(f, all, sizeof all);
}

/* A count in full, a time to nine digits. */
static void put_figure(struct oc_buf *b, double value)
{
    oc_buf_printf(b, value < 0x1p53 && value == (double)(uint64_t)value ? "%.0f" : "%.9g", value);
}

static int write_stats(const struct oc_stats *s, const struct oc_io *io, const struct oc_count *c, int status,
                       struct oc_err *err)
{
    struct figure f[NFIGURE];
    struct oc_buf b = { 0 };

    figures(s, c, status, f);
    oc_buf_puts(&b, "{\"program\":");
    json_text(&b, io->prog);
    oc_buf_printf(&b, ",\"version\":\"%s\",\"status\":%d", OC_VERSION, status);
    for (int i = 0; i < NFIGURE; i++) {
        oc_buf_printf(&b, ",\"%s\":", f[i].name);
        put_figure(&b, f[i].value);
    }
    oc_buf_puts(&b, ",\"rejected_by\":{");
    for (size_t i = 0; i < s->nreason; i++) {
        oc_buf_puts(&b, i ? "," : "");
        json_text(&b, s->reason[i].column);
        oc_buf_printf(&b, ":%llu", (unsigned long long)s->reason[i].rows);
    }
    oc_buf_puts(&b, "}}\n");
    const int rc = write_file(io->stats, &b, err);
    oc_buf_free(&b);
    return rc;
}

static int write_metrics(const struct oc_stats *s, const struct oc_io *io, const struct oc_count *c, int status,
                         struct oc_err *err)
{
    struct figure f[NFIGURE];
    struct oc_buf b = { 0 };

    figures(s, c, status, f);
    for (int i = 0; i < NFIGURE; i++) {
        oc_buf_printf(&b, "# HELP oc_%s %s\n# TYPE oc_%s gauge\noc_%s{program=\"%s\"} ", f[i].name, f[i].help,
                      f[i].name, f[i].name, io->prog);
        put_figure(&b, f[i].value);
        oc_buf_char(&b, '\n');
    }
    if (s->nreason)
        oc_buf_puts(&b, "# HELP oc_rows_rejected_by rejected records by the column at fault\n"
                        "# TYPE oc_rows_rejected_by gauge\n");
    for (size_t i = 0; i < s->nreason; i++) {
        oc_buf_printf(&b, "oc_rows_rejected_by{program=\"%s\",column=", io->prog);
        json_text(&b, s->reason[i].column);
        oc_buf_printf(&b, "} %llu\n", (unsigned long long)s->reason[i].rows);
    }
    oc_buf_printf(&b, "# HELP oc_exit_status exit status of the run\n# TYPE oc_exit_status gauge\n"
                      "oc_exit_status{program=\"%s\"} %d\n", io->prog, status);
    const int rc = write_file(io->metrics, &b, err);
    oc_buf_free(&b);
    return rc;
}

static void put_tally(struct oc_buf *b, struct oc_tally *t)
{
    char hex[OC_SHA256_HEX];

    oc_sha256_hex(&t->sha, hex);
    oc_buf_puts(b, "{\"name\":");
    json_text(b, t->name);
    oc_buf_printf(b, ",\"bytes\":%llu,\"sha256\":\"%s\"}", (unsigned long long)t->bytes, hex);
}

/* The side file: what was run on which bytes, and which bytes came out.  Digests are of uncompressed content. */
static int write_provenance(struct oc_stats *s, const struct oc_io *io, const struct oc_count *c, struct oc_err *err)
{
    struct oc_buf b = { 0 };

    oc_buf_puts(&b, "{\"program\":");
    json_text(&b, io->prog);
    oc_buf_printf(&b, ",\"version\":\"%s\",\"options\":", OC_VERSION);
    json_text(&b, io->options ? io->options : "");
    oc_buf_puts(&b, ",\"data\":");
    json_text(&b, io->notes ? io->notes : "");
    oc_buf_puts(&b, ",\"inputs\":[");
    for (struct oc_tally *t = s->inputs; t; t = t->next) {
        put_tally(&b, t);
        if (t->next)
            oc_buf_char(&b, ',');
    }
    snprintf(s->output.name, sizeof s->output.name, "%s", io->output ? io->output : "stdout");
    oc_buf_puts(&b, "],\"output\":");
    put_tally(&b, &s->output);
    for (struct oc_tally *t = io->beside; t; t = t->next) {
        oc_buf_puts(&b, t == io->beside ? ",\"beside\":[" : ",");
        put_tally(&b, t);
        oc_buf_puts(&b, t->next ? "" : "]");
    }
    oc_buf_printf(&b, ",\"rows_in\":%llu,\"rows_out\":%llu,\"rejected\":%llu}\n", (unsigned long long)c->in,
                  (unsigned long long)c->out, (unsigned long long)c->rejected);
    const int rc = write_file(io->provenance, &b, err);
    oc_buf_free(&b);
    return rc;
}

int oc_stats_end(struct oc_stats *s, const struct oc_io *io, const struct oc_count *c, int status, struct oc_err *err)
{
    if (s->show && oc_stats_clock() - s->start_ns > 2000000000)
        progress_line(false);
    if (io->stats && write_stats(s, io, c, status, err))
        return -1;
    if (io->metrics && write_metrics(s, io, c, status, err))
        return -1;
    if (io->provenance && status != 1 && write_provenance(s, io, c, err))
        return -1;
    return io->manifest && status != 1 ? oc_manifest_write(s, io, status, err) : 0;
}

void oc_tally_free(struct oc_tally *list)
{
    while (list) {
        struct oc_tally *next = list->next;
        free(list);
        list = next;
    }
}

void oc_stats_free(struct oc_stats *s)
{
    oc_tally_free(s->inputs);
    s->inputs = NULL;
}
