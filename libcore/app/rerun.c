/* rerun - see rerun.h */
#include "app/rerun.h"

#include "base/base64.h"
#include "base/readfile.h"
#include "base/tempdir.h"
#include "base/words.h"
#include "model/spec.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

/* ---- files ------------------------------------------------------------------------------------------------------ */

enum { READ_MAX = 1 << 30 };

/* What of the shared options cannot change a value decides all the same whether an input can be read. */
bool oc_rerun_is_output(const struct oc_opt *o)
{
    static const char reading[] = "input-format max-record max-batch max-window";

    return oc_opt_is_shared(o) && o->neutral && !oc_opt_in(reading, o->name, strlen(o->name));
}

/* A file of the directory, by its number; the path is owned by the options' memory. */
static const char *put_file(struct oc_rerun *r, const void *p, size_t n, struct oc_err *err)
{
    if (!r->dir && !(r->dir = oc_tempdir(err)))
        return NULL;
    char *path = oc_opt_alloc(strlen(r->dir) + 32);
    snprintf(path, strlen(r->dir) + 32, "%s/%zu", r->dir, r->nfile++);
    FILE *f = fopen(path, "wbx");
    const int ok = f && fwrite(p, 1, n, f) == n;
    if ((f && fclose(f)) || !ok) {
        oc_fail_errno(err, OC_IO, "cannot write %s", path);
        return NULL;
    }
    return path;
}

/* ---- collecting --------------------------------------------------------------------------------------------------- */

struct collector {
    struct oc_rerun *r;
    const char *leave;
    json_t *words, *files;
    struct oc_sha256 sha;
    size_t carried, operands;
    bool commanded;                 /* the first operand is the sub-command, wherever it stands */
    const char **input;             /* operands as the run is to read them */
};

/* Content that is carried; its place among the files, or -1. */
static json_int_t carry(struct collector *c, const char *name, const struct oc_buf *content, struct oc_err *err)
{
    const size_t bound = ZSTD_compressBound(content->n);
    char *packed = malloc(bound);
    struct oc_buf text = { 0 };

    if (!packed)
        return oc_fail(err, OC_MEMORY, "no memory for %s", name);
    const size_t n = ZSTD_compress(packed, bound, content->p ? content->p : "", content->n, 3);
    if (ZSTD_isError(n) || (c->carried += n) > OC_RERUN_MAX) {
        free(packed);
        return oc_fail(err, OC_LIMIT, "%s: a shard carries what it read, up to %d MiB compressed", name, OC_RERUN_MAX >> 20);
    }
    oc_base64_put(&text, packed, n);
    free(packed);
    const int bad = text.failed || json_array_append_new(c->files, json_pack("[sI s]", name, (json_int_t)content->n,
                                                                              oc_buf_str(&text)));
    oc_buf_free(&text);
    oc_sha256_add(&c->sha, content->p ? content->p : "", content->n);
    return bad ? oc_fail(err, OC_MEMORY, "no memory for %s", name) : (json_int_t)json_array_size(c->files) - 1;
}

static int add_file(struct collector *c, const char *option, const char *path, struct oc_err *err)
{
    struct oc_buf content = { 0 };
    const char *base = path && strrchr(path, '/') ? strrchr(path, '/') + 1 : path ? path : "stdin";

    if (oc_readfile_input(path, READ_MAX, &content, err)) {
        oc_buf_free(&content);
        return -1;
    }
    const json_int_t k = carry(c, base, &content, err);
    int rc = k < 0 ? -1 : 0;
    if (rc == 0 && !option) {
        const bool std = !path || strcmp(path, "-") == 0;
        const char *const place = std ? put_file(c->r, content.p ? content.p : "", content.n, err) : path;
        rc = place ? 0 : -1;
        if (place)
            c->input[c->operands++] = place;
    }
    oc_buf_free(&content);
    if (rc == 0 && json_array_append_new(c->words, option ? json_pack("{s:s,s:I}", "option", option, "file", k)
                                                          : json_pack("{s:I}", "file", k)))
        rc = oc_fail(err, OC_MEMORY, "no memory for the words");
    return rc;
}

/* A file inside of a spec, as historical:file=spx.csv: its digest. */
static int add_spec_file(struct collector *c, const char *spec, struct oc_err *err)
{
    struct oc_buf content = { 0 };
    char hex[OC_SHA256_HEX];
    size_t n;
    const char *at = oc_spec_place(spec, "file", &n);

    if (!at)
        return 0;
    char *path = oc_opt_alloc(n + 1);
    memcpy(path, at, n);
    path[n] = '\0';
    if (oc_readfile_input(path, READ_MAX, &content, err)) {
        oc_buf_free(&content);
        return -1;
    }
    oc_sha256_of(content.p, content.n, hex);
    oc_buf_free(&content);
    oc_sha256_add(&c->sha, hex, strlen(hex));
    return json_array_append_new(c->words, json_pack("{s:s,s:s}", "path", path, "sha256", hex))
               ? oc_fail(err, OC_MEMORY, "no memory for the words") : 0;
}

static int see(void *ctx, const struct oc_opt_row *row, bool negated, const char *value, struct oc_err *err)
{
    struct collector *c = ctx;
    struct oc_buf word = { 0 };

    if (!row && c->commanded)
        return add_file(c, NULL, value, err);
    c->commanded |= !row;
    if (row && (oc_rerun_is_output(row->opt) || oc_words_has(c->leave, ' ', row->opt->name, strlen(row->opt->name))))
        return 0;
    if (row && value && oc_opt_is_path(row->opt, value))
        return add_file(c, row->opt->name, value, err);
    if (row && value && strcmp(row->opt->name, "model") == 0 && add_spec_file(c, value, err))
        return -1;
    oc_buf_printf(&word, row ? value ? "--%s%s=%s" : "--%s%s" : "%.0s%.0s%s", row && negated ? "no-" : "",
                  row ? row->opt->name : "", value);
    /* The sub-command comes first, so that a command line in another order, as `oc verify` writes it, is the same run. */
    const int bad = word.failed || json_array_insert_new(c->words, row ? json_array_size(c->words) : 0,
                                                         json_string(oc_buf_str(&word)));
    oc_buf_free(&word);
    return bad ? oc_fail(err, OC_MEMORY, "a word of the command line is not UTF-8, or there is no memory") : 0;
}

int oc_rerun_collect(struct oc_rerun *r, const struct oc_prog *prog, int argc, char **argv, const char *leave, bool reads,
                     struct oc_io *io, struct oc_err *err)
{
    struct collector c = { .r = r, .leave = leave, .words = json_array(), .files = json_array(),
                           .input = oc_opt_alloc((size_t)(argc + 1) * sizeof *c.input) };
    int rc = c.words && c.files ? 0 : oc_fail(err, OC_MEMORY, "no memory for the words");

    oc_sha256_init(&c.sha);
    if (rc == 0)
        rc = oc_opt_walk(prog, argc, argv, see, &c, err);
    if (rc == 0 && reads && !c.operands)
        rc = add_file(&c, NULL, NULL, err);
    if (rc == 0) {
        r->words = json_dumps(c.words, JSON_COMPACT);
        r->files = json_dumps(c.files, JSON_COMPACT);
        if (!r->words || !r->files)
            rc = oc_fail(err, OC_MEMORY, "no memory for the words");
    }
    if (rc == 0) {
        oc_sha256_add(&c.sha, r->words, strlen(r->words));
        oc_sha256_add(&c.sha, OC_VERSION, strlen(OC_VERSION));
        oc_sha256_hex(&c.sha, r->digest);
        io->input = c.input;
        io->ninput = c.operands;
    }
    json_decref(c.words);
    json_decref(c.files);
    return rc;
}

/* ---- bringing back ------------------------------------------------------------------------------------------------ */

static int damaged(struct oc_err *err) { return oc_fail(err, OC_DATA, "the words that a shard carries are damaged"); }

/* The k-th file in the directory; NULL with err. */
static const char *unpack(struct oc_rerun *r, json_t *files, json_int_t k, struct oc_err *err)
{
    const char *name = NULL, *text = NULL, *path = NULL;
    json_int_t n = 0;
    struct oc_buf packed = { 0 };

    if (json_unpack(json_array_get(files, (size_t)k), "[sI s]", &name, &n, &text)
        || oc_base64_get(&packed, text, strlen(text)) || n < 0 || n > (json_int_t)1 << 32) {
        oc_buf_free(&packed);
        damaged(err);
        return NULL;
    }
    char *p = malloc((size_t)n + 1);
    if (!p)
        oc_fail(err, OC_MEMORY, "no memory for %s", name);
    else if (ZSTD_decompress(p, (size_t)n, packed.p, packed.n) != (size_t)n)
        damaged(err);
    else
        path = put_file(r, p, (size_t)n, err);
    free(p);
    oc_buf_free(&packed);
    return path;
}

static int check_digest(const char *path, const char *want, struct oc_err *err)
{
    struct oc_buf content = { 0 };
    char hex[OC_SHA256_HEX];

    if (oc_readfile_input(path, READ_MAX, &content, err)) {
        oc_buf_free(&content);
        return -1;
    }
    oc_sha256_of(content.p, content.n, hex);
    oc_buf_free(&content);
    return strcmp(hex, want) == 0 ? 0 : oc_fail(err, OC_DATA, "%s is not the file that the shards were computed with", path);
}

/*
 * A word that came as text: what the collector leaves out, or carries as a file, does not stand there, so a text that was
 * tampered with cannot name files here.
 */
static int check_word(void *ctx, const struct oc_opt_row *row, bool negated, const char *value, struct oc_err *err)
{
    (void)ctx, (void)negated;
    if (row ? oc_rerun_is_output(row->opt) || (value && oc_opt_is_path(row->opt, value)) : !value)
        return damaged(err);
    return 0;
}

static int check_words(const struct oc_prog *prog, json_t *words, struct oc_err *err)
{
    const size_t count = json_array_size(words);
    char **argv = oc_opt_alloc((count + 2) * sizeof *argv);
    int argc = 1, operands = 0;

    argv[0] = strcpy(oc_opt_alloc(1), "");
    for (size_t i = 0; i < count; i++) {
        const json_t *w = json_array_get(words, i);
        if (!json_is_string(w))
            continue;
        argv[argc++] = strcpy(oc_opt_alloc(json_string_length(w) + 1), json_string_value(w));
        operands += argv[argc - 1][0] != '-';
    }
    argv[argc] = NULL;
    return operands == 1 ? oc_opt_walk(prog, argc, argv, check_word, NULL, err) : damaged(err);
}

static int restore_word(struct oc_rerun *r, json_t *w, json_t *files, char **operand, int *noperand, struct oc_err *err)
{
    const char *option = NULL, *path = NULL, *sha = NULL;
    json_int_t k = 0;

    if (json_is_string(w)) {
        r->argv[r->argc++] = strcpy(oc_opt_alloc(json_string_length(w) + 1), json_string_value(w));
        return 0;
    }
    if (json_unpack(w, "{s:s,s:s}", "path", &path, "sha256", &sha) == 0)
        return check_digest(path, sha, err);
    if (json_unpack(w, "{s:I,s?s}", "file", &k, "option", &option) || !(path = unpack(r, files, k, err)))
        return err->code ? -1 : damaged(err);
    char *word = oc_opt_alloc(strlen(path) + (option ? strlen(option) : 0) + 8);
    if (!option) {
        operand[(*noperand)++] = strcpy(word, path);
        return 0;
    }
    sprintf(word, "--%s=%s", option, path);
    r->argv[r->argc++] = word;
    return 0;
}

int oc_rerun_restore(struct oc_rerun *r, const struct oc_prog *prog, const char *words, const char *files, size_t n,
                     char *const more[], struct oc_err *err)
{
    const char *program = prog->name;
    json_t *w = json_loads(words, 0, NULL), *f = json_loads(files, 0, NULL);
    int rc = json_is_array(w) && json_is_array(f) ? 0 : damaged(err), noperand = 0;
    const size_t count = json_array_size(w);
    char **operand = oc_opt_alloc((count + 1) * sizeof *operand);

    if (rc == 0)
        rc = check_words(prog, w, err);
    r->argv = oc_opt_alloc((count + n + 4) * sizeof *r->argv);
    r->argv[r->argc++] = strcpy(oc_opt_alloc(strlen(program) + 1), program);
    for (size_t i = 0; i < count && rc == 0; i++)
        rc = restore_word(r, json_array_get(w, i), f, operand, &noperand, err);
    for (size_t i = 0; i < n; i++)
        r->argv[r->argc++] = more[i];
    for (int i = 0; i < noperand; i++)
        r->argv[r->argc++] = operand[i];
    r->argv[r->argc] = NULL;
    json_decref(w);
    json_decref(f);
    return rc;
}

void oc_rerun_close(struct oc_rerun *r)
{
    for (size_t i = 0; r->dir && i < r->nfile; i++) {
        struct oc_buf path = { 0 };
        oc_buf_printf(&path, "%s/%zu", r->dir, i);
        unlink(oc_buf_str(&path));
        oc_buf_free(&path);
    }
    if (r->dir)
        rmdir(r->dir);
    free(r->dir);
    free(r->words);
    free(r->files);
    *r = (struct oc_rerun){ 0 };
}
