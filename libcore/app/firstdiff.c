/* firstdiff - see firstdiff.h. */
#include "app/firstdiff.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A file with a NUL among its first bytes is no text. */
static bool is_binary(const char *path)
{
    char head[512];
    FILE *f = fopen(path, "r");
    const size_t n = f ? fread(head, 1, sizeof head, f) : 0;

    if (f)
        fclose(f);
    return memchr(head, '\0', n) != NULL;
}

/* oc-cat -O csv: 0 when it could. */
static int as_csv(const char *programs, const char *from, const char *to)
{
    char program[PATH_MAX + 16];
    int status = -1;

    snprintf(program, sizeof program, "%s/oc-cat", programs);
    const pid_t pid = fork();
    if (pid == 0) {
        const int null = open("/dev/null", O_WRONLY);
        dup2(null, 2);
        execl(program, "oc-cat", "-O", "csv", "-o", to, "--", from, (char *)NULL);
        _exit(127);
    }
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static void put_line(FILE *out, uint64_t number, const char *when, const char *line, ssize_t n)
{
    if (n < 0)
        fprintf(out, "  line %llu: %s at its end\n", (unsigned long long)number, when);
    else
        fprintf(out, "  line %llu: %s %.*s\n", (unsigned long long)number, when,
                (int)(n > 400 ? 400 : strcspn(line, "\r\n")), line);
}

/* 1: told, 0: all lines are the same. */
static int lines(FILE *a, FILE *b, FILE *out)
{
    char *p = NULL, *q = NULL;
    size_t np = 0, nq = 0;
    int told = 0;

    for (uint64_t number = 1; !told; number++) {
        const ssize_t n = getline(&p, &np, a), m = getline(&q, &nq, b);
        if (n < 0 && m < 0)
            break;
        told = n != m || memcmp(p, q, (size_t)n) != 0;
        if (told) {
            put_line(out, number, "was", p, n);
            put_line(out, number, "now", q, m);
        }
    }
    free(p);
    free(q);
    return told;
}

static int by_lines(const char *first, const char *second, FILE *out)
{
    FILE *a = fopen(first, "r"), *b = fopen(second, "r");
    const int told = a && b ? lines(a, b, out) : 0;

    if (a)
        fclose(a);
    if (b)
        fclose(b);
    return told;
}

static void by_bytes(const char *first, const char *second, FILE *out)
{
    FILE *a = fopen(first, "r"), *b = fopen(second, "r");
    uint64_t at = 0;
    int c = 0, d = 0;

    while (a && b && c == d && c != EOF) {
        c = getc(a);
        d = getc(b);
        at++;
    }
    fprintf(out, "  byte %llu is the first that differs; the records are the same\n", (unsigned long long)at);
    if (a)
        fclose(a);
    if (b)
        fclose(b);
}

void oc_firstdiff_show(const char *first, const char *second, const char *programs, const char *dir, FILE *out)
{
    char was[PATH_MAX + 16], now[PATH_MAX + 16];

    snprintf(was, sizeof was, "%s", first);
    snprintf(now, sizeof now, "%s", second);
    if (is_binary(first) || is_binary(second)) {
        snprintf(was, sizeof was, "%s/first.csv", dir);
        snprintf(now, sizeof now, "%s/second.csv", dir);
        if (as_csv(programs, first, was) || as_csv(programs, second, now)) {
            by_bytes(first, second, out);
            return;
        }
    }
    if (!by_lines(was, now, out))
        by_bytes(first, second, out);
}
