/* cli_verify - `oc verify` on right, wrong and hostile provenance files. */
#include "cli/verify.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* FIPS 180-2, appendix B.1: the digest of "abc". */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static char dir[] = "/tmp/oc-verify-XXXXXX";

static void put(const char *name, const char *text)
{
    char path[128];

    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "w");
    if (!f || fputs(text, f) < 0 || fclose(f))
        test_fail("cannot write %s", path);
}

/* Run over the provenance `text` (%s: the directory); check code and the lines printed. */
static void verify(const char *fmt, enum oc_code code, const char *lines)
{
    char text[2048], path[128], want[512], *out = NULL;
    size_t n = 0;
    struct oc_err err = { 0 };

    snprintf(text, sizeof text, fmt, dir, dir, dir);
    put("p.json", text);
    snprintf(path, sizeof path, "%s/p.json", dir);
    FILE *f = open_memstream(&out, &n);
    const int rc = oc_verify_run(path, f, &err);
    fclose(f);
    snprintf(want, sizeof want, lines, dir, dir);
    CHECK((rc == 0) == (code == OC_OK) && err.code == code, "%.60s: %d %s '%s'", text, rc, oc_err_name(err.code), err.text);
    CHECK(strcmp(out, want) == 0, "prints '%s', not '%s'", out, want);
    free(out);
}

#define ENTRY(name, bytes, sha) "{\"name\":\"" name "\",\"bytes\":" bytes ",\"sha256\":\"" sha "\"}"

static void answers(void)
{
    test_begin("cli_verify answers");
    put("a", "abc");
    put("quo\"te", "abc");
    verify("{\"program\":\"x\",\"inputs\":[" ENTRY("%s/a", "3", ABC) "],\"output\":" ENTRY("stdout", "1", "00") "}\n", OC_OK,
           "ok %s/a\nskip stdout: it was a pipe\n");
    verify(" { \"inputs\" : [ " ENTRY("%s/quo\\\"te", "3", ABC) " , " ENTRY("%s/a", "3", ABC) " ] } ", OC_OK,
           "ok %s/quo\"te\nok %s/a\n");
    verify("{\"inputs\":[" ENTRY("%s/a", "4", ABC) "]}", OC_RULE, "differs %s/a: 3 bytes, were 4\n");
    verify("{\"inputs\":[" ENTRY("%s/a", "3", "00") "]}", OC_RULE, "differs %s/a: sha256 " ABC ", was 00\n");
    verify("{\"inputs\":[" ENTRY("stdin", "3", ABC) "]}", OC_DATA, "skip stdin: it was a pipe\n");
    verify("{}", OC_DATA, "");
    test_end();
}

static void hostile(void)
{
    static const char *const bad[] = {
        "", "[]", "1", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{\"a\":1}}", "{\"a\":\"x}", "{\"a\":\"\\q\"}",
        "{\"a\":\"\\u12\"}", "{\"a\":[1,2}", "{\"a\":[}", "{a:1}", "{\"a\":1} x", "{\"a\":@}",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}",
    };

    test_begin("cli_verify refuses what is no provenance");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        verify(bad[i], OC_FORMAT, "");
    test_end();
}

int main(void)
{
    char command[128];

    if (!mkdtemp(dir)) {
        test_skip("cli_verify", "no temporary directory");
        return 0;
    }
    answers();
    hostile();
    snprintf(command, sizeof command, "rm -r %s", dir);
    if (system(command) != 0)
        fprintf(stderr, "%s is left behind\n", dir);
    return test_done();
}
