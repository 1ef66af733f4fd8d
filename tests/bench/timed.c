/*
 * timed N COMMAND… - run a command N times with stdin and stdout as they are (give it files: it reads them again each
 * time) and print to stderr one line: wall_min wall_median cpu_min peak_kb, seconds and KiB.
 *
 * The peak is the largest resident set of any process of the command.  Status 1 if a run fails.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double seconds(struct timeval t) { return (double)t.tv_sec + 1e-6 * (double)t.tv_usec; }

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Run once; wall and cpu (the command and what it waited for) in seconds.  Returns 0 or -1. */
static int run(char **argv, double *wall, double *cpu)
{
    struct rusage before, after;
    int status;

    getrusage(RUSAGE_CHILDREN, &before);
    const double begin = now();
    const pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[0], argv);
        perror(argv[0]);
        _exit(127);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return -1;
    *wall = now() - begin;
    getrusage(RUSAGE_CHILDREN, &after);
    *cpu = seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime) - seconds(before.ru_stime);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

int main(int argc, char **argv)
{
    enum { MOST = 1000 };
    static double wall[MOST], cpu[MOST];
    const int n = argc > 2 ? atoi(argv[1]) : 0;
    struct rusage all;

    if (n < 1 || n > MOST) {
        fprintf(stderr, "usage: timed N COMMAND...\n");
        return 2;
    }
    for (int i = 0; i < n; i++)
        if (run(argv + 2, &wall[i], &cpu[i])) {
            fprintf(stderr, "timed: %s failed\n", argv[2]);
            return 1;
        }
    getrusage(RUSAGE_CHILDREN, &all);
    qsort(wall, (size_t)n, sizeof *wall, by_value);
    qsort(cpu, (size_t)n, sizeof *cpu, by_value);
    fprintf(stderr, "%.4f %.4f %.4f %ld\n", wall[0], wall[n / 2], cpu[0], all.ru_maxrss);
    return 0;
}
