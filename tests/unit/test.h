/*
 * test - a unit test prints one line a check group: "ok NAME", "not ok NAME: why" or "skip NAME: why".
 * tests/run counts the lines; a program that dies without having said so counts as failed.
 */
#ifndef OC_TEST_H
#define OC_TEST_H

#include <stdarg.h>
#include <stdio.h>

static int test_failed_, test_group_failed_;
static const char *test_name_;

static inline void test_begin(const char *name) { test_name_ = name; test_group_failed_ = 0; }

/* Close the group that test_begin opened. */
static inline void test_end(void)
{
    if (!test_group_failed_)
        printf("ok %s\n", test_name_);
    fflush(stdout);
}

__attribute__((format(printf, 1, 2))) static inline void test_fail(const char *fmt, ...)
{
    va_list ap;

    if (test_group_failed_++ > 20)      /* the first ones tell */
        return;
    printf(test_group_failed_ == 1 ? "not ok %s: " : "#   %s: ", test_name_);
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    printf("\n");
    test_failed_ = 1;
}

static inline void test_skip(const char *name, const char *why) { printf("skip %s: %s\n", name, why); fflush(stdout); }

/* Check a condition; the message tells the values. */
#define CHECK(cond, ...) do { if (!(cond)) test_fail(__VA_ARGS__); } while (0)

static inline int test_done(void) { return test_failed_; }

#endif
