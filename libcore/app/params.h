/*
 * params - the parameters of walks and smiles from --model SPEC, --params FILE (param records) and OptionChain-Simulator
 * JSON.
 */
#ifndef OC_APP_PARAMS_H
#define OC_APP_PARAMS_H

#include "market/calendar.h"
#include "model/smile.h"
#include "model/spec.h"
#include "record/run.h"
#include "sim/process.h"

#include <stdio.h>

enum { OC_ASSETS_MAX = 64 };

/* What the command line says of the walks. */
struct oc_walk_words {
    size_t nmodel;
    const char **model;             /* --model SPEC, one an underlying */
    const char *params;             /* --params FILE: param records, or an OptionChain-Simulator request */
    size_t ncorr;
    const char **corr;              /* --corr A,B=RHO; pairs that nobody names are 0 */
    /*
     * for records that come by expiry: how far away that is.  NULL, false: such records are refused with the option's name
     */
    const struct oc_calendar *calendar;
    bool has_ts;
    int64_t ts;
    bool own_volatility;            /* geometric_brownian may lack its volatility: the caller has one for each use */
};

/* What a file says of an underlying besides its walk (records of role market, or the request); NaN: nothing. */
struct oc_walk_market { double spot, rate, dividend_yield; };

/* Walks ready for oc_walk_open: process, par, data and asset are set; spot, drift, dt, steps and seed are the caller's. */
struct oc_walks {
    size_t n;
    struct oc_walk walk[OC_ASSETS_MAX];
    char symbol[OC_ASSETS_MAX][32]; /* "" where nobody names it, which one walk alone may do */
    double *corr;                   /* n x n, NULL for one asset */
    void *owned[OC_ASSETS_MAX];     /* series and grids that walk[i].data points into */
    struct oc_walk_market market[OC_ASSETS_MAX];
    char *canonical;                /* the models as one text, for metadata and sessions; owned */
};

/*
 * A spec gives a parameter or the file does; both giving one name is OC_USAGE, as are unknown, doubled and missing names.
 * A file alone names the models that it holds, one an underlying; with --model its records of that model count, those of
 * other models do not.  Its records of a symbol belong to that underlying, those without one to all.
 * dt: in, years a step as far as known, else NaN; out, the same or what the spec or the file says (a contradiction is
 * OC_USAGE).
 */
int oc_walks_read(struct oc_walks *w, const struct oc_walk_words *words, struct oc_io *io, double *dt, struct oc_err *err);
/* The same walks from their canonical text. */
int oc_walks_parse(struct oc_walks *w, const char *canonical, struct oc_err *err);
void oc_walks_free(struct oc_walks *w);

/* Whose volatilities are wanted, and when. */
struct oc_surface_of {
    const char *symbol;                 /* "": whatever the file has */
    const char *root[2];                /* roots of the contracts; NULL or "": whatever the file has */
    const struct oc_calendar *calendar; /* of expiries */
    int64_t ts;                         /* slices are as far away as seen from here */
};

/* Is the text of --surface a path?  By its spelling: neither a smile model, nor NAME:..., nor the word of oc-step. */
bool oc_surface_is_file(const char *text);
/*
 * --surface SPEC|FILE: a smile model with its slices, by expiry or years as seen from of->ts.  Records of another symbol or
 * root do not count, those without belong to all; what counts is of one smile model and one symbol, those without expiry
 * belong to all slices.  OC_USAGE where nothing is left, naming the symbols or roots that there are, and for records of a
 * later ts: a chain must not know what comes.
 */
int oc_surface_read(struct oc_smile *s, const char *spec_or_file, const struct oc_surface_of *of, struct oc_io *io,
                    struct oc_err *err);
/* --list-models of processes: name, title, parameters. */
int oc_walks_list(FILE *out, const char *value, struct oc_err *err);

#endif
