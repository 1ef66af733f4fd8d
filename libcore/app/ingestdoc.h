/*
 * ingestdoc - presets of documents (`format json`, `json-text`, `json-deltas`, `dbn`, `html`): what their columns ask of the
 * document, and the translator that answers.
 */
#ifndef OC_APP_INGESTDOC_H
#define OC_APP_INGESTDOC_H

#include "app/ingest.h"

/* Put the translator of the preset's format in place of *src. */
int oc_ingestdoc_translate(struct oc_ingest *g, struct oc_source **src, struct oc_err *err);

#endif
