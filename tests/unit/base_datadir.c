/* datadir: where shipped files are looked for, names that leave the directory, limits of reading. */
#include "base/datadir.h"
#include "base/readfile.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0, "cannot write %s", path);
}

static void find(const char *dir)
{
    static const char *const bad[] = { "", "..", "../x", "a/../x", "/etc/passwd", "a/.." };
    char path[512], want[512], small[4];
    struct oc_err err = { 0 };

    test_begin("OC_DATA alone is looked in; names stay inside");
    setenv("OC_DATA", dir, 1);
    snprintf(want, sizeof want, "%s/sub/one.tab", dir);
    CHECK(oc_datadir_find("sub/one.tab", path, sizeof path, &err) == 0 && strcmp(path, want) == 0, "%s %s", path, err.text);
    CHECK(oc_datadir_find("roots.tab", path, sizeof path, &err) == -1 && err.code == OC_IO && strstr(err.text, dir), "%s", err.text);
    CHECK(oc_datadir_find("sub/one.tab", small, sizeof small, &err) == -1, "a path that does not fit");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(oc_datadir_find(bad[i], path, sizeof path, &err) == -1 && err.code == OC_USAGE, "'%s': %s", bad[i], path);
    unsetenv("OC_DATA");
    CHECK(oc_datadir_find("no/such.file", path, sizeof path, &err) == -1 && strstr(err.text, "OC_DATA"), "%s", err.text);
    test_end();
}

static void load(const char *dir)
{
    struct oc_buf b = { 0 };
    struct oc_err err = { 0 };
    char path[512];

    test_begin("a whole file, up to a limit");
    snprintf(path, sizeof path, "%s/sub/one.tab", dir);
    oc_buf_puts(&b, "before ");
    CHECK(oc_readfile(path, 5, &b, &err) == 0 && strcmp(oc_buf_str(&b), "before hello") == 0, "%s", err.text);
    CHECK(oc_readfile(path, 4, &b, &err) == -1 && err.code == OC_LIMIT, "%s", err.text);
    CHECK(oc_readfile(dir, 100, &b, &err) == -1 && err.code == OC_IO, "a directory was read");
    snprintf(path, sizeof path, "%s/none", dir);
    CHECK(oc_readfile(path, 100, &b, &err) == -1 && err.code == OC_IO && strstr(err.text, path), "%s", err.text);
    oc_buf_free(&b);
    test_end();
}

int main(void)
{
    char dir[] = "/tmp/oc-datadir-XXXXXX", sub[64], file[128];

    if (!mkdtemp(dir)) {
        printf("not ok datadir: no temporary directory\n");
        return 1;
    }
    snprintf(sub, sizeof sub, "%s/sub", dir);
    snprintf(file, sizeof file, "%s/one.tab", sub);
    mkdir(sub, 0700);
    put(file, "hello");
    find(dir);
    load(dir);
    unlink(file);
    rmdir(sub);
    rmdir(dir);
    return test_done();
}
