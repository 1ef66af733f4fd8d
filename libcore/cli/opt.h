/*
 * opt - a program's options as one table: parser, --help, manual, completions and metadata come from it.
 *
 * A table is an array of struct oc_opt that ends with { 0 }.  An option is a row of name, argument word, help and
 * target, where the target macros below name the variable that receives the value and its kind:
 *
 *     { "model", "SPEC", "pricing model, see --list-models (default auto)", OC_STR(&model) },
 *     { "greeks", "none|first|all|LIST", "which Greeks to append (default none)", OC_STR(&greeks) },
 *     { "strict", NULL, "exit 3 when a row has no answer", OC_FLAG(&strict), .letter = 's' },
 *
 * Before parsing, the targets hold the defaults; an option that is not given leaves its target alone.  How values
 * are spelled: numbers take `_` between digits and the suffixes k M G (10^3 10^6 10^9) or Ki Mi Gi (2^10 2^20 2^30);
 * a percentage is the double nearest to the decimal (1.25% is 0.0125); no locale is ever asked.
 *
 * Rows that are no options: OC_IO_OPTS (record/run.h's shared options), OC_SECTION (a heading), OC_COMMAND (a
 * sub-command: the first operand when it is that word), OC_OPERANDS (what operands mean where they are not the
 * input files of OC_IO_OPTS).
 */
#ifndef OC_CLI_OPT_H
#define OC_CLI_OPT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct oc_io;
struct oc_prog;

/* Texts in the order of the command line; borrowed from argv. */
struct oc_words { size_t n; const char **word; };

enum oc_optkind {
    OC_OPT_END,         /* closes the table */
    OC_OPT_FLAG, OC_OPT_COUNT, OC_OPT_STR, OC_OPT_FILE, OC_OPT_U64, OC_OPT_UINT, OC_OPT_INT, OC_OPT_SIZE, OC_OPT_NUM,
    OC_OPT_RATE, OC_OPT_CHOICE, OC_OPT_LIST, OC_OPT_CALL, OC_OPT_SHOW, OC_OPT_HELP, OC_OPT_VERSION,
    OC_OPT_COMMAND, OC_OPT_OPERANDS, OC_OPT_SECTION, OC_OPT_IO
};

/* value: the argument as given, NULL where the option takes none or it was left out.  Fills err with OC_USAGE. */
typedef int oc_opt_call(void *ctx, const char *value, struct oc_err *err);
/* Prints a listing; value as above. */
typedef int oc_opt_show(FILE *out, const char *value, struct oc_err *err);

struct oc_opt {
    const char *name;       /* long name without dashes; the word of a command; the title of a section */
    const char *arg;        /* argument word (FILE COLS N ...); NULL: takes none.  Commands: the words of its operands */
    const char *help;       /* no full stop at the end; the default in parentheses at the end */
    enum oc_optkind kind;
    union {                 /* the variable, by kind; `off` in rows of a shared group: offset into its struct */
        void *any;
        bool *flag;
        int *num;
        const char **str;
        uint64_t *u64;
        unsigned *uint;
        size_t *size;
        double *f64;
        struct oc_words *words;
        struct oc_io *io;
        size_t off;
    };
    oc_opt_call *call;
    oc_opt_show *show;
    const char *choices;    /* blank-separated words, the only ones accepted; NULL: any */
    const char *of;         /* belongs to this sub-command; NULL: to all */
    const char *conflicts;  /* blank-separated names of options that it cannot stand with */
    const char *env;        /* environment variable that is read when the option is not given */
    char letter;            /* short form; 0: none */
    const char *initial;    /* calls: the argument that means the default; NULL: none does */
    bool repeats;           /* calls: each time adds to what was given before, as in lists */
    bool (*names_file)(const char *text);   /* texts that are a word or a path: is this one a path? */
    bool makes;             /* given, the records are made from it, and no input is wanted */
    bool neutral;           /* cannot change a value in the output, so it is not in the metadata */
    unsigned char min, max; /* operands and commands: how many operands, 255: any number */
};

/* ---- targets; the pointer's type is checked by the compiler ---- */
#define OC_FLAG(p)          .kind = OC_OPT_FLAG, .flag = (p)        /* bool; --no-NAME clears it */
#define OC_COUNT(p)         .kind = OC_OPT_COUNT, .num = (p)        /* int; each time one more, --no-NAME clears it */
#define OC_STR(p)           .kind = OC_OPT_STR, .str = (p)          /* const char *, borrowed from argv */
#define OC_FILE(p)          .kind = OC_OPT_FILE, .str = (p)         /* a path: never in the metadata; completed as file */
#define OC_U64(p)           .kind = OC_OPT_U64, .u64 = (p)
#define OC_UINT(p)          .kind = OC_OPT_UINT, .uint = (p)
#define OC_INT(p)           .kind = OC_OPT_INT, .num = (p)
#define OC_SIZE(p)          .kind = OC_OPT_SIZE, .size = (p)
#define OC_NUM(p)           .kind = OC_OPT_NUM, .f64 = (p)          /* double, finite; NAN as "not given" is usual */
/* Fraction a year, 1.25% or 0.0125; 1 and more are refused without a % sign, since 5 is nearly always 5%. */
#define OC_RATE(p)          .kind = OC_OPT_RATE, .f64 = (p)
#define OC_CHOICE(p, list)  .kind = OC_OPT_CHOICE, .str = (p), .choices = (list)
#define OC_LIST(p)          .kind = OC_OPT_LIST, .words = (p)       /* each time one more word */
#define OC_CALL(fn, ctx)    .kind = OC_OPT_CALL, .call = (fn), .any = (ctx)
/*
 * A listing that ends the run, such as --list-models: parsing returns 1 after it.  Its first word on each line
 * completes the option without "list-" and "s" (--model).
 */
#define OC_SHOW(fn)         .kind = OC_OPT_SHOW, .show = (fn), .neutral = true
/* { "diff", "A B", "compare two streams", OC_COMMAND(&command), .min = 2, .max = 2 } */
#define OC_COMMAND(p)       .kind = OC_OPT_COMMAND, .str = (p)
/* { "FILE", "FILE ...", "what they are", OC_OPERANDS(&words), .min = 1, .max = 255 } */
#define OC_OPERANDS(p)      .kind = OC_OPT_OPERANDS, .words = (p)
#define OC_SECTION(title)   { .name = (title), .kind = OC_OPT_SECTION }

/*
 * Parse the command line into the table's targets.  Call it first of all in main: it also opens what of the three
 * standard descriptors is closed (so that a file never becomes stdout by accident) and restores the default SIGPIPE.
 * Returns 0 to go on; 1 when the run is over successfully (--help, --version, a listing); -1 with OC_USAGE.
 * With OC_IO_OPTS the operands are io.input, and io.prog and io.options are set.  What it allocates is freed by
 * oc_exit().
 */
int oc_opt_parse(const struct oc_prog *prog, int argc, char **argv, struct oc_err *err);

/* ---- for the rest of cli/: the table with its groups unfolded ---- */

struct oc_opt_row {
    const struct oc_opt *opt;
    void *to;               /* the variable, or ctx of a call */
    const char *section;    /* heading it stands under; NULL: the program's own */
    const char *standard;   /* canonical text of the default; NULL: none */
    unsigned given;         /* times on the command line */
    const char *said;       /* value as given; of a row that repeats all of them, by commas */
};

enum { OC_ROWS_MAX = 160 };
struct oc_rows {
    size_t n;
    struct oc_opt_row row[OC_ROWS_MAX];
    const struct oc_opt *operands;  /* NULL: the input files of io, or none */
    struct oc_io *io;               /* NULL: the program has no OC_IO_OPTS */
};

/* Unfold; --help and --version are added behind.  Options in `row` have kinds up to OC_OPT_COMMAND. */
void oc_opt_rows(const struct oc_prog *prog, struct oc_rows *rows);
/* Is the option one of those that every filter has (OC_IO_OPTS)? */
bool oc_opt_is_shared(const struct oc_opt *o);
/* Is this value of it a path?  By its spelling alone: no file is looked for. */
bool oc_opt_is_path(const struct oc_opt *o, const char *value);
/*
 * The words of a command line that oc_opt_parse() accepted, one after the other: row NULL is an operand (the sub-command
 * among them), value NULL an option without one.  Ends with -1 where see() does.
 */
typedef int oc_opt_see(void *ctx, const struct oc_opt_row *row, bool negated, const char *value, struct oc_err *err);
int oc_opt_walk(const struct oc_prog *prog, int argc, char **argv, oc_opt_see *see, void *ctx, struct oc_err *err);
/* The option of that long name (len bytes), or NULL. */
struct oc_opt_row *oc_opt_long(struct oc_rows *rows, const char *name, size_t len);
struct oc_opt_row *oc_opt_short(struct oc_rows *rows, char letter);
bool oc_opt_is_switch(const struct oc_opt *o);      /* has a --no- form */
/* Is the word one of the blank-separated list? */
bool oc_opt_in(const char *list, const char *word, size_t len);
/* Memory that lives until oc_exit(); never NULL: ends the program when there is none (cli/ may). */
void *oc_opt_alloc(size_t n);
void oc_opt_free(void);

#endif
