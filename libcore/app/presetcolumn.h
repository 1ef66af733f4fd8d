/* presetcolumn - what preset.c and presetcolumn.c share: words of a line, messages with its number.  Nobody else includes it. */
#ifndef OC_APP_PRESETCOLUMN_H
#define OC_APP_PRESETCOLUMN_H

#include "app/preset.h"

enum { OC_PRESET_WORDS = 192 };

struct oc_preset_line { size_t n; const char *word[OC_PRESET_WORDS]; bool quoted[OC_PRESET_WORDS]; };

struct oc_preset_parser {
    struct oc_preset *p;
    const char *path;
    uint64_t number;
    size_t cap, capwhen;
    unsigned depth;             /* of `like` */
    bool fresh[8];              /* lists that this file has begun: see preset.c */
    struct oc_err *err;
};

/* -1: "preset: WHAT 'WORD'" with file and line. */
int oc_preset_fail(const struct oc_preset_parser *q, const char *what, const char *word);
/* 1 to 99; 0: it is none. */
unsigned oc_preset_number(const char *s);
int oc_preset_add_word(const struct oc_preset_parser *q, struct oc_preset_words *w, const char *word);
/* The line `column ...`. */
int oc_preset_column_line(struct oc_preset_parser *q, const struct oc_preset_line *l);

#endif
