/* datadir - where shipped data lies: see datadir.h. */
#include "base/datadir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Rooms whose data folder holds shipped files in the source tree. */
static const char *const rooms[] = { "math", "market", "app", "record", "model", "cli" };

/* A name stays inside the directory. */
static int plain(const char *name)
{
    return *name && *name != '/' && strcmp(name, "..") != 0 && strncmp(name, "../", 3) != 0 && !strstr(name, "/..");
}

/* True if DIR + MIDDLE + "/" + NAME can be read; it is left in path. */
static int try_path(char *path, size_t size, const char *dir, const char *middle, const char *name)
{
    const int n = snprintf(path, size, "%s%s/%s", dir, middle, name);

    return n > 0 && (size_t)n < size && access(path, R_OK) == 0;
}

/* The directory of the running program in dir; empty if the system does not tell. */
static void program_dir(char *dir, size_t size)
{
    const ssize_t n = readlink("/proc/self/exe", dir, size - 1);

    dir[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(dir, '/');
    if (slash)
        *slash = '\0';
}

int oc_datadir_find(const char *name, char *path, size_t size, struct oc_err *err)
{
    const char *env = getenv("OC_DATA");
    char dir[2048];

    if (!plain(name))
        return oc_fail(err, OC_USAGE, "'%s' is not the name of a data file", name);
    if (env && *env) {
        if (try_path(path, size, env, "", name))
            return 0;
        return oc_fail(err, OC_IO, "data file %s is not in %s (OC_DATA)", name, env);
    }
    program_dir(dir, sizeof dir);
    if (dir[0] && try_path(path, size, dir, "/../share/oc", name))
        return 0;
    for (size_t i = 0; dir[0] && i < sizeof rooms / sizeof *rooms; i++) {
        char middle[64];
        snprintf(middle, sizeof middle, "/../../libcore/%s/data", rooms[i]);
        if (try_path(path, size, dir, middle, name))
            return 0;
    }
    if (try_path(path, size, OC_DATADIR, "", name))
        return 0;
    return oc_fail(err, OC_IO, "data file %s is neither beside the program nor in %s; set OC_DATA to its directory",
                   name, OC_DATADIR);
}
