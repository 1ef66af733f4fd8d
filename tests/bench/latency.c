/*
 * latency FILE ROWS COMMAND - how long a live row takes through a pipeline.
 *
 * Starts `sh -c COMMAND`, writes the header of FILE and its first row, waits until output lines for both have come,
 * then writes one row at a time, each 20 ms after the answer to the one before, and prints `latency_ms median M max X
 * rows N`.  COMMAND must write one line for each line.  Status 1 if an answer takes more than 5 s or is lost.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + 1e-6 * (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Wait until `lines` line ends have come on fd.  Returns 0, or -1 after 5 s or at the end of the output. */
static int answer(int fd, int lines)
{
    const double until = now_ms() + 5000.0;
    char buf[65536];

    while (lines > 0) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        const double left = until - now_ms();
        if (left <= 0.0 || poll(&p, 1, (int)left + 1) <= 0)
            return -1;
        const ssize_t n = read(fd, buf, sizeof buf);
        if (n <= 0)
            return -1;
        for (ssize_t i = 0; i < n; i++)
            lines -= buf[i] == '\n';
    }
    return lines == 0 ? 0 : -1;     /* more lines than asked for is an error too */
}

static pid_t start(const char *command, int *in, int *out)
{
    int a[2], b[2];

    if (pipe(a) || pipe(b))
        return -1;
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(a[0], 0);
        dup2(b[1], 1);
        close(a[0]), close(a[1]), close(b[0]), close(b[1]);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(a[0]), close(b[1]);
    *in = a[1], *out = b[0];
    return pid;
}

static int send_line(int fd, const char *line)
{
    const size_t n = strlen(line);

    return write(fd, line, n) == (ssize_t)n ? 0 : -1;
}

int main(int argc, char **argv)
{
    enum { MOST = 10000 };
    static double ms[MOST];
    static char line[65536];
    const int rows = argc == 4 ? atoi(argv[2]) : 0;
    FILE *f = rows > 0 && rows <= MOST ? fopen(argv[1], "r") : NULL;
    int in = -1, out = -1, n = 0, status = 0;

    if (!f) {
        fprintf(stderr, "usage: latency FILE ROWS COMMAND\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    const pid_t pid = start(argv[3], &in, &out);
    for (int i = 0; i < 2; i++)
        if (pid < 0 || !fgets(line, sizeof line, f) || send_line(in, line))
            return 1;
    if (answer(out, 2)) {
        fprintf(stderr, "latency: no answer to the first row\n");
        close(in);
        return 1;
    }
    for (; n < rows && fgets(line, sizeof line, f); n++) {
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
        const double begin = now_ms();
        if (send_line(in, line) || answer(out, 1)) {
            fprintf(stderr, "latency: no answer to row %d\n", n + 2);
            close(in);
            return 1;
        }
        ms[n] = now_ms() - begin;
    }
    close(in);
    fclose(f);
    if (n == 0 || waitpid(pid, &status, 0) != pid || status != 0)
        return 1;
    qsort(ms, (size_t)n, sizeof *ms, by_value);
    printf("latency_ms median %.3f max %.3f rows %d\n", ms[n / 2], ms[n - 1], n);
    return 0;
}
