/* datadir - the data files that ship with the tools: calendars, roots, presets. */
#ifndef OC_BASE_DATADIR_H
#define OC_BASE_DATADIR_H

#include "base/err.h"

#include <stddef.h>

/*
 * oc_datadir_find - the path of the data file NAME ("calendars/XNYS.cal").
 *   looks   in $OC_DATA alone if that is set; else beside the program, in ../share/oc of an installed one and in
 *           ../../libcore/ROOM/data of one built in the source tree; else in the directory compiled in
 *   path    size bytes, NUL-terminated
 *   error   OC_IO, naming the places; OC_USAGE for a name that leaves the directory ("..", a leading "/")
 */
int oc_datadir_find(const char *name, char *path, size_t size, struct oc_err *err);

#endif
