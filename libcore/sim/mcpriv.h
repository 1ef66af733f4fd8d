/*
 * mcpriv - what the files of the Monte Carlo engine share: the job.
 *
 * A job is a set of simulations (the walks as given, and with a bump in a parameter), of views on them (a claim on a walk's
 * paths: the claim as given, and with a bump that the walk does not feel), and of columns: what is averaged over paths, each
 * a combination of views or a derivative taken along the path.
 *
 * Figures of a block: for each group (a scrambling of Sobol points, else one)
 *     units                                   paths, pairs of antithetic paths, or 1 for a block that is matched in
 *                                             its moments
 *     X[c], X[c] X[d] (c <= d)                sums of the controls, less their means, and of their products
 *     Y, Y^2, Y X[c] for each column          sums
 */
#ifndef OC_SIM_MCPRIV_H
#define OC_SIM_MCPRIV_H

#include "math/sobol.h"
#include "sim/lsm.h"
#include "sim/mc.h"
#include "sim/mcgrid.h"
#include "sim/payoff.h"

enum { OC_MC_CONTROLS = 4, OC_MC_VIEWS = 128, OC_MC_TERMS = 4, OC_MC_ASSETS = 64 };

enum oc_mc_by { OC_MC_COMBINE, OC_MC_PATHWISE, OC_MC_LIKELIHOOD, OC_MC_ADJOINT };

/* A world: the claim and the walks with something changed; what is 0 is as given. */
struct oc_mc_bump {
    double spot;                        /* relative */
    double drift, rate;
    double years;                       /* added to every time after the start */
    double strike;
    size_t par;                         /* parameter par - 1 of every walk; 0: none */
    double by;
};

struct oc_mc_sim {
    struct oc_walk *walk;               /* [assets], opened */
    struct oc_paths paths;              /* replicate r uses a copy with draws.replicate = r */
    struct oc_mcgrid grid;
};

struct oc_mc_view {
    struct oc_mc_bump bump;
    size_t sim;
    struct oc_laid_claim payoff;
    double spot[OC_MC_ASSETS];
    double *fixing;                     /* owned where the view has its own times */
};

struct oc_mc_column {
    int quantity;                       /* enum oc_quantity; -1: by parameter `par` */
    size_t par;
    enum oc_mc_by by;
    size_t nterm;                       /* COMBINE: sum of coef[i] view[i] */
    size_t view[OC_MC_TERMS];
    double coef[OC_MC_TERMS];
};

enum oc_mc_control { OC_MC_FORWARD, OC_MC_AVERAGE, OC_MC_VANILLA, OC_MC_GEOMETRIC, OC_MC_CURRAN, OC_MC_SHADOW };

struct oc_mlmc;

struct oc_mc {
    struct oc_lsm *lsm;                 /* early exercise: all is there */
    struct oc_mlmc *levels;             /* multilevel: all is there */
    struct oc_claim claim;              /* arrays are own copies */
    size_t assets;
    struct oc_walk *walks;              /* [assets] as given, not opened */
    double *corr;
    double spot[OC_MC_ASSETS];
    struct oc_mc_how how;
    struct oc_sobol *sobol;             /* direction numbers; NULL: pseudo-random */
    size_t nsim, nview, ncolumn, ncontrol, groups, figures;
    struct oc_mc_sim *sim;              /* [OC_MC_VIEWS] */
    struct oc_mc_view *view;            /* [OC_MC_VIEWS]; 0: the claim */
    struct oc_mc_column column[OC_QUANTITIES + OC_PARAM_MAX];
    enum oc_mc_control control[OC_MC_CONTROLS];
    double control_mean[OC_MC_CONTROLS];
    bool shadowed;                      /* the control is another claim on the same paths: */
    struct oc_laid_claim shadow;
    double *shift;                      /* [assets * steps] importance; NULL: none */
};

/* The view of that world in *view, made unless it is there.  -1: what was begun of it stays until it is taken back. */
int oc_mc_world(struct oc_mc *m, const struct oc_mc_bump *b, size_t *view, struct oc_err *err);
/* As many simulations and views as there were: the later ones closed. */
void oc_mc_worlds_back(struct oc_mc *m, size_t nsim, size_t nview);
void oc_mc_worlds_close(struct oc_mc *m);

/* ---- mcblock.c: paths to figures --------------------------------------------------------------------------- */

/* Figures of the claim's blocks, laid out as above, once everything else in m is set: sets groups and figures. */
void oc_mcblock_layout(struct oc_mc *m);
void *oc_mcblock_open(void *m, struct oc_err *err);
void oc_mcblock_close(void *room);
int oc_mcblock_run(void *m, void *room, uint64_t block, uint64_t first, size_t n, double *figures, struct oc_err *err);

/* ---- mcvalue.c: figures to values -------------------------------------------------------------------------- */

int oc_mcvalue_of(const struct oc_mc *m, uint64_t blocks, const double *figures, struct oc_mc_value *out,
                  struct oc_err *err);

/* Geometric Brownian motion: the only process of which the laws are used. */
bool oc_mc_lognormal(const struct oc_walk *w);
/* Its volatility and drift. */
double oc_mc_vol(const struct oc_walk *w);
double oc_mc_drift(const struct oc_walk *w);

#endif
