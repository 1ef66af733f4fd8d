/* zone - any bytes as a TZif file; what is read must convert there and back. */
#include "base/time.h"
#include "market/zone.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct oc_zone *z = NULL;
    struct oc_err err = { 0 };

    if (oc_zone_read("fuzz", data, size, &z, &err))
        return 0;
    for (int32_t day = oc_time_days(1900, 1, 1); day < oc_time_days(2200, 1, 1); day += 397) {
        const int64_t local = day * OC_TIME_DAY + day * INT64_C(7654321);
        int64_t early = 0, late = 0;
        const enum oc_zone_hit hit = oc_zone_instant(z, local, OC_ZONE_EARLIER, &early);
        if (oc_zone_instant(z, local, OC_ZONE_LATER, &late) != hit || late < early)
            abort();
        if ((hit == OC_ZONE_ONE || hit == OC_ZONE_FOLD) && (oc_zone_local(z, early) != local || oc_zone_local(z, late) != local))
            abort();
    }
    oc_zone_free(z);
    return 0;
}
