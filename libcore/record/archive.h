/*
 * archive - zip archives as inputs: FILE.zip stands for as many inputs as it has members, called FILE.zip!MEMBER.
 *
 * Members are read in the archive's order and in one pass: reading the next one goes on where the last one ended.  A member
 * may be compressed itself (gzip, zstd).  Encrypted members and damaged ones are refused by name.
 */
#ifndef OC_RECORD_ARCHIVE_H
#define OC_RECORD_ARCHIVE_H

#include "record/run.h"

/* The archives of a run; owned by whoever expands, until the run is over. */
struct oc_archives;

/*
 * Put the members of those inputs of io that are zip archives (told by their first bytes) in their places.  Members that are
 * directories are left out; an archive without any member, and one on standard input, are refused.  io->archives is set
 * where there are any.
 */
int oc_archive_expand(struct oc_io *io, struct oc_err *err);
/*
 * The member that has this name, as a source; NULL without an error in *found = false where it is no member of an archive.
 */
struct oc_source *oc_archive_open(struct oc_archives *a, const char *path, size_t max_window, bool *found,
                                  struct oc_err *err);
void oc_archive_close(struct oc_io *io);
/* Of a path FILE!MEMBER whose FILE is a zip archive: how many of its bytes name FILE; 0 for any other path. */
size_t oc_archive_prefix(const char *path);

/* The archive of the member that was asked for last, which stays open for its next one.  Zeroed at first. */
struct oc_archive_kept { struct oc_io io; const char *path; };
/* A path as a source, be it a file or FILE!MEMBER. */
struct oc_source *oc_archive_source(struct oc_archive_kept *k, const char *path, size_t max_window, struct oc_err *err);
void oc_archive_drop(struct oc_archive_kept *k);

#endif
