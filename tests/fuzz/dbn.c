/* dbn - any bytes as a Databento file: metadata, records of all types. */
#include "app/dbn.h"
#include "translate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define COLUMN(h, ...) { .header = h, .n = sizeof (const char *[]){ __VA_ARGS__ } / sizeof (char *), \
                         .name = (const char *const[]){ __VA_ARGS__ } }

static const struct oc_translate_column columns[] = {
    COLUMN("ts", "ts_event", "ts_recv"), COLUMN("symbol", "raw_symbol", "symbol"), COLUMN("price", "price", "open",
                                                                                          "bid_px_00"),
    COLUMN("rest", "strike_price", "quantity", "ask_sz_09", "currency"), COLUMN("own", "schema"), COLUMN("out", "ts_out"),
};
static const char *const types[] = { "trades", "mbp-1", "mbp-10", "ohlcv-1m", "definition", "statistics", "cbbo-1m",
    "bbo-1s" };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct oc_translate_how how = { "fuzz", 8, types, 6, columns };

    fuzz_translate(data, size, &oc_dbn_translator, &how, 0);
    return 0;
}
