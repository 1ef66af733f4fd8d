/*
 * app_jsonrows - records in JSON documents: paths, members above and behind, stars, lines with a text before; what is
 * refused, and at which place.  Every document is read at once and byte by byte.
 */
#include "app/jsonrows.h"
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW = 8 << 20, MANY = 24 };

static char dir[] = "/tmp/oc-jsonrows-XXXXXX", path[64], got[1 << 20];

static void put_file(const char *p, size_t n)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    CHECK(fd >= 0 && write(fd, p, n) == (ssize_t)n && close(fd) == 0, "cannot write %s", path);
}

static ptrdiff_t one_byte(void *state, struct oc_source *from, void *p, size_t cap, struct oc_err *err)
{
    (void)state, (void)cap;
    return oc_source_read(from, p, 1, err);
}

static const struct oc_source_via slowly = { .read = one_byte };

/* A specification as words: "RECORD ...; COLUMN ..."; a column may be A|B, a needed one begins with !. */
struct spec { char text[400]; bool lines; struct oc_translate_how how; const char *record[8];
              struct oc_translate_column column[MANY];
              const char *choice[MANY][4]; };

static void read_spec(struct spec *s, const char *text)
{
    char *save = NULL;
    bool columns = false;

    memset(s, 0, sizeof *s);
    s->lines = *text == '@';
    snprintf(s->text, sizeof s->text, "%s", text + s->lines);
    s->how.preset = "test";
    s->how.records = s->record;
    s->how.column = s->column;
    for (char *w = strtok_r(s->text, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        if (strcmp(w, ";") == 0) {
            columns = true;
        } else if (!columns) {
            s->record[s->how.nrecords++] = w;
        } else {
            struct oc_translate_column *c = &s->column[s->how.n];
            c->needed = *w == '!';
            c->name = s->choice[s->how.n++];
            char *bar = NULL;
            for (char *p = strtok_r(w + c->needed, "|", &bar); p; p = strtok_r(NULL, "|", &bar))
                s->choice[s->how.n - 1][c->n++] = p;
            c->header = c->name[0];
        }
    }
}

/* The CSV behind the header line, or NULL with err. */
static const char *rows(const char *spec, const char *json, size_t n, bool slow, struct oc_err *err)
{
    struct spec s;
    struct oc_source *src;
    size_t have = 0;
    ptrdiff_t k = 0;

    *err = (struct oc_err){ 0 };
    read_spec(&s, spec);
    put_file(json, n);
    src = oc_source_open(path, WINDOW, err);
    if (slow)
        src = oc_source_wrap(src, &slowly, NULL, err);
    if (oc_translate_open(&src, s.lines ? &oc_jsonrows_of_lines : &oc_jsonrows_translator, &s.how, oc_jsonrows_twice(&s.how),
                          err))
        return NULL;
    while ((k = oc_source_read(src, got + have, sizeof got - 1 - have, err)) > 0)
        have += (size_t)k;
    got[have] = '\0';
    if (k < 0 && err->line == 0)
        CHECK(0, "%s: no place: %s", json, err->text);
    oc_source_close(src);
    return k < 0 ? NULL : strchr(got, '\n') + 1;
}

static void good(const char *spec, const char *json, const char *want)
{
    for (int slow = 0; slow < 2; slow++) {
        struct oc_err err;
        const char *out = rows(spec, json, strlen(json), slow, &err);
        CHECK(out && strcmp(out, want) == 0, "%s of %s: %s", spec, json, out ? out : err.text);
    }
}

static void bad_of(const char *spec, const char *json, size_t n, const char *want)
{
    for (int slow = 0; slow < 2; slow++) {
        struct oc_err err;
        char told[1400];
        const char *out = rows(spec, json, n, slow, &err);
        snprintf(told, sizeof told, "%s:%u %s %s", err.line ? (const char[]){ (char)('0' + err.line), 0 } : "?", err.column,
                 oc_err_name(err.code), err.text);
        CHECK(!out && strcmp(told, want) == 0 && (!err.line || strcmp(err.file, path) == 0), "%s of %s:\n  %s\n  %s", spec,
              json, told, want);
    }
}

static void bad(const char *spec, const char *json, const char *want) { bad_of(spec, json, strlen(json), want); }

static void cells(void)
{
    test_begin("jsonrows: cells");
    good("; a b.c d[1] e", "{\"a\":1,\"b\":{\"c\":\"x\",\"z\":0},\"d\":[7,8,9],\"e\":null}", "1,x,8,\n");
    good("; a", "{\"a\":1e-05}\n{\"a\":0.10000000000000000000000001}\n{\"a\":-0}",
         "1e-05\n0.10000000000000000000000001\n-0\n");
    good("; a b", "{\"a\":\"q\\\"u,o\\u00e9\\ud83d\\ude00\",\"b\":true}", "\"q\"\"u,oé😀\",true\n");
    good("; a", "{\"a\":\"\"} {\"a\":\"x\\ny\"}", "\"\"\n\"x\ny\"\n");
    good("; a b", "{\"a\":[1,[2,\"x\\\"\\t\"],{}],\"b\":{\"k\":[],\"l\":false,\"m\":null}}",
         "\"[1,[2,\"\"x\\\"\"\\u0009\"\"],{}]\",\"{\"\"k\"\":[],\"\"l\"\":false,\"\"m\"\":null}\"\n");
    good("; a a.b a.c[0]", "{\"a\":{\"b\":1,\"c\":[2,3]}}", "\"{\"\"b\"\":1,\"\"c\"\":[2,3]}\",1,2\n");
    good("; a|b b|a", "{\"a\":1,\"b\":2}{\"b\":2}{\"a\":null,\"b\":3}", "1,2\n2,2\n3,3\n");
    good("; a\\.b a", "{\"a.b\":1,\"a\":{\"b\":2}}", "1,\"{\"\"b\"\":2}\"\n");
    good("[] ; [0] [2]", "[[1,2,3],[4,5],[]]", "1,3\n4,\n,\n");
    good("a[] ; .", "{\"a\":[1,\"x\",null]}", "1\nx\n\"\"\n");
    good("; . a", "{\"a\":1}", "\"{\"\"a\"\":1}\",1\n");
    good("; a", "\xef\xbb\xbf {\"a\":1}", "1\n");
    test_end();
}

static void places(void)
{
    test_begin("jsonrows: where records are");
    good("r.data[] ; s ^t ^u.v", "{\"r\":{\"data\":[{\"s\":1},{\"s\":2,\"t\":9}],\"t\":\"late\"},\"u\":{\"v\":[5]}}",
         "1,late,[5]\n2,late,[5]\n");
    good("a[].b[] ; . ^n ^m", "{\"n\":0,\"a\":[{\"b\":[1,2],\"n\":5},{\"n\":6,\"b\":[3]},{\"b\":[4]}],\"m\":7}",
         "1,5,7\n2,5,7\n3,6,7\n4,0,7\n");
    good("; . ", "1 2", "1\n2\n");
    good("a[] ; . ^t", "{\"a\":[1],\"t\":1}\n{\"a\":[2]}\n{\"t\":3,\"a\":[3,4]}", "1,1\n2,\n3,3\n4,3\n");
    good("p.*.*[] c.*.*[] ; v *1 *2",
         "{\"p\":{\"e1\":{\"10\":[{\"v\":1}],\"20\":[{\"v\":2},{\"v\":3}]}},\"c\":{\"e2\":{\"5\":[{\"v\":4}]}}}",
         "1,e1,10\n2,e1,20\n3,e1,20\n4,e2,5\n");
    good("[].*[] ; x *1", "[{\"A\":[{\"x\":1}]},{\"B\":[]},{\"C\":[{\"x\":2}],\"D\":[{\"x\":3}]}]", "1,A\n2,C\n3,D\n");
    good("result[] ; a", "{\"result\":[]}", "");
    good("@ ; line e a.b", "12 {\"e\":1,\"a\":{\"b\":2}}\n13 {\"e\":3}\n\n14 {\"e\":4}", "12,1,2\n13,3,\n14,4,\n");
    test_end();
}

static void refused(void)
{
    char deep[300];

    test_begin("jsonrows: what is refused, and where");
    bad("; a", "", "1:1 format the input is empty: no JSON value");
    bad("; a", " \n ", "2:2 format the input is empty: no JSON value");
    bad("; a", "{\"a\":1}\n {\"a\" 1}",
        "2:7 format this is no JSON: object key and value must be separated by a colon (':')");
    bad("; a", "{\"a\":1},\n ,{\"a\":2}", "1:8 format this is no JSON: unallowed token at this point in JSON text");
    bad("; a", "[{\"a\":1},\n ,{\"a\":2}]", "2:2 format this is no JSON: unallowed token at this point in JSON text");
    bad("m[] ; a", "{\"m\":[{\"a\":1}]0 1",
        "1:15 format this is no JSON: after key and value, inside map, I expect ',' or '}'");
    bad("; a", "{\"a\":1 {}", "1:8 format this is no JSON: after key and value, inside map, I expect ',' or '}'");
    bad("; a", "{\"a\":1:,\"b\":2}", "1:7 format this is no JSON: after key and value, inside map, I expect ',' or '}'");
    bad("; a", "a,b\n1,2\n", "1:1 format this is no JSON: invalid char in json text.");
    bad("; a", "{\"a\":1}\n{\"a\":", "2:6 truncated the document is cut: an object or array has no end");
    bad("; a", "{\"a\":1}\n{\"a\":\"x", "2:8 truncated the document is cut: an object or array has no end");
    bad("[] ; a", "[{\"a\":1},\n{\"a\":2},", "2:9 truncated the document is cut: an object or array has no end");
    bad("; a", "{\"a\":1,\n\"b\":2,\"a\":3}", "2:11 data the member 'a' is there twice");
    bad("; b.c", "{\"b\":{\"c\":1},\"b\":{\"c\":null}}", "1:23 data the member 'b.c' is there twice");
    bad("; a", "{\"a\":\"x\xff\"}", "1:6 format this is no JSON: invalid bytes in UTF8 string.");
    bad("r[] ; a", "[1]", "1:1 format the records are not where they should be: this is no document for the preset test");
    bad("r[] ; a", "{\"r\":{\"a\":1}}",
        "1:1 format the records are not where they should be: this is no document for the preset test");
    bad("[] ; a", "[{\"b\":1}]",
        "1:2 format the first record has none of the members that are read: this is no document for the preset test");
    bad("; a !b", "{\"a\":1}\n{\"a\":2}",
        "2:1 format no record has the member 'b': this is no document for the preset test");
    bad("; a ^b", "{\"a\":1}\n{\"a\":", "2:6 truncated the document is cut: an object or array has no end");
    bad("@ ; a", "1 {\"a\":1} {\"a\":2}\n", "1:11 format a second value on the line");
    bad("@ ; a", "1 {\"a\":1}\n2\n", "2:2 format a line is a text, a blank and a JSON value; here is no blank");
    bad("@ ; a", "1 {\"a\":1}\n2 {\"a\":\n1}\n", "2:8 format the line ends inside its value");
    bad("@ ; a", "1 {\"a\":1}\n2 {\"a\":", "2:8 truncated the document is cut: it ends inside a line");
    memset(deep, '[', 200);
    bad_of("; a", deep, 200, "1:101 limit more than 100 arrays and objects one in another");
    bad("; a[]", "{}", "?:0 format the path 'a[]' of a column has a place for several members");
    bad("; a..b", "{}", "?:0 format the path 'a..b' has an empty name");
    bad("; a[x]", "{}", "?:0 format the path 'a[x]' has no number in its brackets");
    test_end();
}

/* A pipe cannot be read twice: it is spooled. */
static void pipes(void)
{
    static const char json[] = "{\"a\":[1,2],\"t\":9}";
    struct oc_err err = { 0 };
    struct spec s;
    int fd[2];
    char name[32];

    test_begin("jsonrows: a pipe is read twice");
    CHECK(pipe(fd) == 0 && write(fd[1], json, sizeof json - 1) == sizeof json - 1 && close(fd[1]) == 0, "no pipe");
    snprintf(name, sizeof name, "/dev/fd/%d", fd[0]);
    read_spec(&s, "a[] ; . ^t");
    struct oc_source *src = oc_source_open(name, WINDOW, &err);
    CHECK(src && oc_translate_open(&src, &oc_jsonrows_translator, &s.how, true, &err) == 0, "%s", err.text);
    ptrdiff_t k, n = 0;
    while ((k = oc_source_read(src, got + n, 100, &err)) > 0)
        n += k;
    got[n] = '\0';
    CHECK(k == 0 && strcmp(got, ".,^t\n1,9\n2,9\n") == 0, "%s %s", got, err.text);
    oc_source_close(src);
    close(fd[0]);
    test_end();
}

/* Lines of the CSV lead to places in the document, also when blocks have passed. */
static void lines_of(void)
{
    static const char json[] = "[\n {\"a\":\"x\\ny\"},\n   {\"a\":2},{\"a\":3}]";
    struct oc_err err = { 0 };
    struct spec s;
    static const struct { uint64_t csv, line; unsigned column; } want[] = {
        { 1, 1, 1 }, { 2, 2, 2 }, { 3, 2, 2 }, { 4, 3, 4 }, { 5, 3, 12 },
    };

    test_begin("jsonrows: places of records");
    put_file(json, sizeof json - 1);
    read_spec(&s, "[] ; a");
    struct oc_source *src = oc_source_open(path, WINDOW, &err);
    CHECK(src && oc_translate_open(&src, &oc_jsonrows_translator, &s.how, false, &err) == 0, "%s", err.text);
    CHECK(oc_source_read(src, got, sizeof got, &err) > 0 && oc_source_read(src, got, 1, &err) == 0, "%s", err.text);
    for (size_t pass = 1; pass < 6; pass++) {
        oc_source_passed(src, pass);
        for (size_t i = pass - 1; i < 5; i++) {
            unsigned column = 0;
            const uint64_t line = oc_source_place(src, want[i].csv, &column);
            CHECK(line == want[i].line && column == want[i].column, "line %d, passed %zu: %d:%u", (int)want[i].csv, pass,
                  (int)line, column);
        }
    }
    oc_source_close(src);
    test_end();
}

int main(void)
{
    if (!mkdtemp(dir))
        return 1;
    snprintf(path, sizeof path, "%s/doc.json", dir);
    cells();
    places();
    refused();
    pipes();
    lines_of();
    unlink(path);
    rmdir(dir);
    return test_done();
}
