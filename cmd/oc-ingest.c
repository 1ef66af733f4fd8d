/* oc-ingest - vendors' files to canonical records */
#include "app/back.h"
#include "app/ingest.h"
#include "app/presets.h"
#include "app/sniff.h"
#include "cli/prog.h"
#include "market/root.h"
#include "math/isa.h"
#include "record/archive.h"

#include <stdio.h>
#include <string.h>

/* The notes of the metadata: which rules read the file, of which version, and by which time-zone data. */
static void note(struct oc_io *io, const struct oc_ingest *g, char *buf, size_t size)
{
    const bool zone = g->zone && !io->tz;

    snprintf(buf, size, "preset=%s/%s roots=%s%s%s%s%s%s%s%s%s%s%s", g->preset.name, g->preset.version, oc_root_version(g->roots),
             zone ? " zone=" : "", zone ? oc_zone_name(g->zone) : "", zone && *oc_zone_version(g->zone) ? "/" : "",
             zone ? oc_zone_version(g->zone) : "", g->calendar ? " half-days=" : "", g->calendar ? oc_calendar_id(g->calendar) : "",
             g->calendar ? "/" : "", g->calendar ? oc_calendar_version(g->calendar) : "", io->notes ? " " : "", io->notes ? io->notes : "");
    io->notes = buf;
}

/* notes: outlives the run, whose closing words tell it. */
static int run_preset(struct oc_io *io, struct oc_ingest *g, bool back, char *notes, size_t size, struct oc_err *err)
{
    if (oc_ingest_open(g, err))
        return -1;
    note(io, g, notes, size);
    if (back)
        return oc_back(io, g, err);
    if (io->show_map)
        return oc_presets_show(&g->preset, stdout, err);
    const struct oc_work work = oc_ingest_as_work(g);
    return oc_run(io, &work, err);
}

/* Columns of our own names.  What has none of them wants a preset. */
static int run_plain(struct oc_io *io, struct oc_ingest *g, struct oc_err *err)
{
    if (g->nset || g->symbol)
        return oc_fail(err, OC_USAGE, "--set and --symbol are of --preset");
    if (io->ts)
        return oc_fail(err, OC_USAGE, "--ts is of --preset; oc-cat --ts gives an instant to records that have none");
    const int rc = oc_run(io, &(struct oc_work){ .step = oc_ingest_plain, .translate = g->follow ? oc_ingest_translate : NULL,
                          .ctx = g }, err);
    const size_t n = strlen(err->text);
    if (rc && err->code == OC_COLUMN && !io->nmap)
        snprintf(err->text + n, sizeof err->text - n, "; oc-ingest --sniff FILE tells which preset reads it");
    return rc;
}

int main(int argc, char **argv)
{
    const char *preset = NULL, *calendar = NULL;
    struct oc_words set = { 0 };
    bool sniff = false, back = false;
    struct oc_io io = OC_IO_DEFAULT;
    char notes[500];
    struct oc_instants instants = { 0 };
    struct oc_roots *roots = NULL;
    struct oc_ingest ingest = { .instants = &instants, .reading = &io.reading };
    /* what only a run heeds must not be given in vain */
    static const char of_run[] = "follow where only keep drop suffix replace float output-format compress force on-error "
        "rejects max-rejects strict provenance manifest no-provenance stats metrics dry-run show-map";
    const struct oc_opt opts[] = {
        { "preset", "NAME", "layout of the file, see --list-presets; a name with a / is a file", OC_STR(&preset), .neutral = true,
          .conflicts = "map kind" },
        { "list-presets", NULL, "print the presets and what they read", OC_SHOW(oc_presets_list) },
        { "sniff", NULL, "tell which presets read each FILE, and what it shows of its units, and end", OC_FLAG(&sniff),
          .neutral = true, .conflicts = of_run },
        { "follow", NULL, "wait for the lines that are still written to FILE, until it is gone or a signal comes",
          OC_FLAG(&ingest.follow), .neutral = true },
        { "back", NULL, "read records that --preset made, and write them in the vendor's layout again", OC_FLAG(&back),
          .conflicts = of_run },
        { "symbol", "SYMBOL", "the underlying, where the file does not say it", OC_STR(&ingest.symbol),
          .conflicts = "sniff" },
        { "set", "NAME=TEXT", "a column that the file does not have and its preset asks for; again for another", OC_LIST(&set),
          .conflicts = "sniff" },
        { "calendar", "ID", "sessions that --at open and close mean", OC_STR(&calendar) },
        OC_IO_OPTS(&io), { 0 }
    };
    const struct oc_prog prog = { "oc-ingest", "vendors' files to canonical records", opts };
    struct oc_err err = { 0 };

    int rc = oc_opt_parse(&prog, argc, argv, &err);
    if (rc == 0)
        rc = oc_isa_check(&err);
    if (rc == 0)
        rc = oc_archive_expand(&io, &err);
    if (rc == 0)
        rc = oc_instants_open(&instants, &io, calendar, &err);
    if (rc == 0)
        rc = oc_root_open(&roots, &err);
    ingest.roots = roots;
    if (rc == 0 && preset && !sniff)
        rc = oc_preset_open(preset, &ingest.preset, &err);
    ingest.set = set.word;
    ingest.nset = set.n;
    if (rc == 0 && sniff && (back || io.output))
        rc = oc_fail(&err, OC_USAGE, "--sniff tells on standard output, and does nothing else");
    if (rc == 0 && back && !preset)
        rc = oc_fail(&err, OC_USAGE, "--back wants --preset");
    if (rc == 0 && ingest.follow && io.ninput != 1)
        rc = oc_fail(&err, OC_USAGE, "--follow wants one FILE");
    if (rc == 0 && sniff)
        rc = oc_sniff(&io, &ingest, preset, stdout, &err);
    else if (rc == 0 && preset)
        rc = run_preset(&io, &ingest, back, notes, sizeof notes, &err);
    else if (rc == 0)
        rc = run_plain(&io, &ingest, &err);
    oc_ingest_close(&ingest);
    oc_root_free(roots);
    oc_instants_close(&instants);
    oc_archive_close(&io);
    return oc_exit(&prog, rc, &err);
}
