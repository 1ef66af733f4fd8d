/* cli_errors - oc-errors(7) lists the codes of base/err.c, each with its status, in its order, and no others. */
#include "base/err.h"
#include "test.h"

#include <string.h>

int main(void)
{
    char line[512], want[128];
    int code = OC_OK + 1;
    FILE *f = fopen("man/oc-errors.7", "r");

    test_begin("cli_errors manual lists the codes");
    if (!f) {
        test_fail("cannot open man/oc-errors.7 (run from the top of the tree)");
        return test_done();
    }
    while (fgets(line, sizeof line, f)) {
        if (strncmp(line, ".It Cm ", 7) != 0)
            continue;
        if (code > OC_INCOMPLETE) {
            test_fail("one too many: %s", line);
            break;
        }
        snprintf(want, sizeof want, ".It Cm %s , No status %d\n", oc_err_name((enum oc_code)code),
                 oc_err_status((enum oc_code)code));
        CHECK(strcmp(line, want) == 0, "%.*s, not %s", (int)strcspn(line, "\n"), line, want);
        code++;
    }
    fclose(f);
    CHECK(code == OC_INCOMPLETE + 1, "ends before '%s'", oc_err_name((enum oc_code)code));
    test_end();
    return test_done();
}
