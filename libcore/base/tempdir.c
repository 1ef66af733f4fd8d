/* tempdir - see tempdir.h */
#include "base/tempdir.h"

#include "base/buf.h"

#include <stdlib.h>

char *oc_tempdir(struct oc_err *err)
{
    const char *tmp = getenv("TMPDIR"), *const under = tmp && *tmp == '/' ? tmp : "/tmp";
    struct oc_buf b = { 0 };

    oc_buf_printf(&b, "%s/oc-XXXXXX", under);      /* the letters are mkdtemp's to choose */
    if (*oc_buf_str(&b) && mkdtemp(b.p))
        return b.p;
    oc_fail_errno(err, OC_IO, "cannot make a directory under %s", under);
    oc_buf_free(&b);
    return NULL;
}
