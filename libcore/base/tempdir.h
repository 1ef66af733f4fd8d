/* tempdir - a directory of one's own for the time of a run. */
#ifndef OC_BASE_TEMPDIR_H
#define OC_BASE_TEMPDIR_H

#include "base/err.h"

/*
 * A new directory, readable by this user alone, under $TMPDIR where that is an absolute path, else under /tmp.  Its path is
 * owned by the caller, who removes it; NULL with OC_IO.
 */
char *oc_tempdir(struct oc_err *err);

#endif
