/* complete - see complete.h. */
#include "cli/complete.h"

#include "cli/help.h"

#include <stdlib.h>
#include <string.h>

int oc_complete(FILE *out, struct oc_rows *rows, int argc, char **argv, struct oc_err *err)
{
    (void)argc; (void)argv; (void)err;
    for (size_t i = 0; i < rows->n; i++)
        fprintf(out, "--%s\t%s\n", rows->row[i].opt->name, rows->row[i].opt->help);
    return 1;
}
