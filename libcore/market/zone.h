/*
 * zone - time zones from the system's zoneinfo files (TZif, RFC 8536, versions 1 to 4; POSIX TZ rule of the footer).
 *
 * A zone is immutable and may be shared by threads.  Its transitions are expanded at opening to the end of int64 ns
 * (2262), so every conversion is one binary search.  Files are not trusted: sizes, order, indexes and ranges are checked.
 * Zones with leap seconds ("right/...") are refused: instants here have none.
 */
#ifndef OC_MARKET_ZONE_H
#define OC_MARKET_ZONE_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct oc_zone;

/* Which instant a wall clock means that occurs twice (the hour repeated in autumn). */
enum oc_zone_fold { OC_ZONE_EARLIER, OC_ZONE_LATER };

/* How many instants a wall clock has. */
enum oc_zone_hit {
    OC_ZONE_ONE,        /* one */
    OC_ZONE_FOLD,       /* two: the one asked for was given */
    OC_ZONE_GAP,        /* none (the hour skipped in spring): the first instant after the gap was given */
    OC_ZONE_RANGE       /* the instant is outside int64 ns; nothing was given */
};

/*
 * oc_zone_open - "America/New_York", "UTC", "Z", or a fixed offset "+05:30", "UTC-5", "GMT-5" (east positive, which is
 * what people write; the file Etc/GMT+5 has the opposite sign).
 *   looks   in $OC_ZONEINFO, else $TZDIR, else the system's zoneinfo directories; UTC and offsets need no file
 *   zone    owned by the caller, oc_zone_free()
 *   error   OC_USAGE: no such zone, or no sensible name; OC_FORMAT: the file is not a time zone, or damaged
 */
int oc_zone_open(const char *name, struct oc_zone **zone, struct oc_err *err);
void oc_zone_free(struct oc_zone *zone);

/* As oc_zone_open from the bytes of a file; name is kept for messages. */
int oc_zone_read(const char *name, const void *bytes, size_t n, struct oc_zone **zone, struct oc_err *err);

/*
 * oc_zone_word - a zone as files write it behind a time: "EDT", "CST", "ET", "UTC", "GMT-5", "Europe/Berlin".
 *   The words of the United States' zones are fixed offsets (EDT is -04:00 whatever the date), the words without S or D
 *   (ET, CT, MT, PT) are the cities' zones.  CST and IST and the like are the American ones or nothing: others need a city.
 *   out     the name to open, size bytes, NUL-terminated
 *   return  0, or -1 where the word is not known
 */
int oc_zone_word(const char *word, size_t n, char *out, size_t size);

const char *oc_zone_name(const struct oc_zone *zone);

/* Version of the data, for the record: "2025b" of the system's tzdata, else "fnv1a:" and a hash of the file; "" if fixed. */
const char *oc_zone_version(const struct oc_zone *zone);

/* Seconds that local time is ahead of UTC at an instant; the abbreviation in *abbr (borrowed) unless NULL. */
int32_t oc_zone_offset(const struct oc_zone *zone, int64_t ns, const char **abbr);

/* The wall clock at an instant, counted as if it were UTC.  Saturates at the ends of int64. */
int64_t oc_zone_local(const struct oc_zone *zone, int64_t ns);

/* The instant of a wall clock (ns counted as if it were UTC). */
enum oc_zone_hit oc_zone_instant(const struct oc_zone *zone, int64_t local, enum oc_zone_fold fold, int64_t *ns);

#endif
