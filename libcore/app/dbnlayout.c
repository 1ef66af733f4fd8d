/*
 * dbnlayout - see dbnlayout.h.  Fields in the order of the specification's structs; their offsets follow from their sizes.
 */
#include "app/dbnlayout.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- record types ------------------------------------------------------------------------------------------ */

static const struct { unsigned rtype; const char *name, *interval; } types[] = {
    { 0x00, "trades", "" }, { 0x01, "mbp-1", "" }, { 0x0a, "mbp-10", "" }, { 0xa0, "mbo", "" },
    { 0x20, "ohlcv-1s", "1s" }, { 0x21, "ohlcv-1m", "1m" }, { 0x22, "ohlcv-1h", "1h" }, { 0x23, "ohlcv-1d", "1d" },
    { 0x24, "ohlcv-eod", "" }, { 0x11, "ohlcv-deprecated", "" },
    { 0x12, "status", "" }, { 0x13, "definition", "" }, { 0x14, "imbalance", "" }, { 0x15, "error", "" },
    { 0x16, "symbol-mapping", "" }, { 0x17, "system", "" }, { 0x18, "statistics", "" },
    { 0xb1, "cmbp-1", "" }, { 0xc0, "cbbo-1s", "" }, { 0xc1, "cbbo-1m", "" }, { 0xc2, "tcbbo", "" },
    { 0xc3, "bbo-1s", "" }, { 0xc4, "bbo-1m", "" },
};

const char *oc_dbnlayout_name(unsigned rtype)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].rtype == rtype)
            return types[i].name;
    return NULL;
}

int oc_dbnlayout_rtype(const char *name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0)
            return (int)types[i].rtype;
    return -1;
}

const char *oc_dbnlayout_interval(unsigned rtype)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].rtype == rtype)
            return types[i].interval;
    return "";
}

/* ---- fields ------------------------------------------------------------------------------------------------ */

/* "" are reserved bytes. */
struct part { const char *name; enum oc_dbn_type type; uint16_t width; };

#define PRICE OC_DBN_PRICE, 8
#define TIME OC_DBN_TIME, 8
#define U64 OC_DBN_U64, 8
#define I64 OC_DBN_I64, 8
#define U32 OC_DBN_U32, 4
#define I32 OC_DBN_I32, 4
#define U16 OC_DBN_U16, 2
#define I16 OC_DBN_I16, 2
#define U8 OC_DBN_U8, 1
#define I8 OC_DBN_I8, 1
#define CHAR OC_DBN_CHAR, 1
#define TEXT(n) OC_DBN_TEXT, n

static const struct part
header[] = { { "length", U8 }, { "rtype", U8 }, { "publisher_id", U16 }, { "instrument_id", U32 }, { "ts_event", TIME },
    { 0 } },
trade[] = { { "price", PRICE }, { "size", U32 }, { "action", CHAR }, { "side", CHAR }, { "flags", U8 }, { "depth", U8 },
            { "ts_recv", TIME }, { "ts_in_delta", I32 }, { "sequence", U32 }, { 0 } },
bbo[] = { { "price", PRICE }, { "size", U32 }, { "", U8 }, { "side", CHAR }, { "flags", U8 }, { "", U8 },
    { "ts_recv", TIME },
          { "", U32 }, { "sequence", U32 }, { 0 } },
cmbp[] = { { "price", PRICE }, { "size", U32 }, { "action", CHAR }, { "side", CHAR }, { "flags", U8 }, { "", U8 },
           { "ts_recv", TIME }, { "ts_in_delta", I32 }, { "", U32 }, { 0 } },
cbbo[] = { { "price", PRICE }, { "size", U32 }, { "", U8 }, { "side", CHAR }, { "flags", U8 }, { "", U8 },
    { "ts_recv", TIME },
           { "", U64 }, { 0 } },
level[] = { { "bid_px_00", PRICE }, { "ask_px_00", PRICE }, { "bid_sz_00", U32 }, { "ask_sz_00", U32 }, { "bid_ct_00", U32 },
            { "ask_ct_00", U32 }, { 0 } },
more_levels[] = {
#define LEVEL(k) { "bid_px_" k, PRICE }, { "ask_px_" k, PRICE }, { "bid_sz_" k, U32 }, { "ask_sz_" k, U32 }, \
                 { "bid_ct_" k, U32 }, { "ask_ct_" k, U32 }
    LEVEL("01"), LEVEL("02"), LEVEL("03"), LEVEL("04"), LEVEL("05"), LEVEL("06"), LEVEL("07"), LEVEL("08"), LEVEL("09"),
    { 0 } },
consolidated[] = { { "bid_px_00", PRICE }, { "ask_px_00", PRICE }, { "bid_sz_00", U32 }, { "ask_sz_00", U32 },
                   { "bid_pb_00", U16 }, { "", U16 }, { "ask_pb_00", U16 }, { "", U16 }, { 0 } },
ohlcv[] = { { "open", PRICE }, { "high", PRICE }, { "low", PRICE }, { "close", PRICE }, { "volume", U64 }, { 0 } },
stat_1[] = { { "ts_recv", TIME }, { "ts_ref", TIME }, { "price", PRICE }, { "quantity", I32 }, { "sequence", U32 },
             { "ts_in_delta", I32 }, { "stat_type", U16 }, { "channel_id", U16 }, { "update_action", U8 },
             { "stat_flags", U8 },
             { "", TEXT(6) }, { 0 } },
stat_3[] = { { "ts_recv", TIME }, { "ts_ref", TIME }, { "price", PRICE }, { "quantity", I64 }, { "sequence", U32 },
             { "ts_in_delta", I32 }, { "stat_type", U16 }, { "channel_id", U16 }, { "update_action", U8 },
             { "stat_flags", U8 },
             { "", TEXT(18) }, { 0 } },
mapping_1[] = { { "stype_in_symbol", TEXT(22) }, { "stype_out_symbol", TEXT(22) }, { "", TEXT(4) }, { "start_ts", TIME },
                { "end_ts", TIME }, { 0 } },
mapping_2[] = { { "stype_in", U8 }, { "stype_in_symbol", TEXT(71) }, { "stype_out", U8 }, { "stype_out_symbol", TEXT(71) },
                { "start_ts", TIME }, { "end_ts", TIME }, { 0 } },
error_1[] = { { "err", TEXT(64) }, { 0 } },
error_2[] = { { "err", TEXT(302) }, { "code", U8 }, { "is_last", U8 }, { 0 } },
definition_1[] = {
    { "ts_recv", TIME }, { "min_price_increment", PRICE }, { "display_factor", PRICE }, { "expiration", TIME },
    { "activation", TIME }, { "high_limit_price", PRICE }, { "low_limit_price", PRICE }, { "max_price_variation", PRICE },
    { "trading_reference_price", PRICE }, { "unit_of_measure_qty", PRICE }, { "min_price_increment_amount", PRICE },
    { "price_ratio", PRICE }, { "inst_attrib_value", I32 }, { "underlying_id", U32 }, { "raw_instrument_id", U32 },
    { "market_depth_implied", I32 }, { "market_depth", I32 }, { "market_segment_id", U32 }, { "max_trade_vol", U32 },
    { "min_lot_size", I32 }, { "min_lot_size_block", I32 }, { "min_lot_size_round_lot", I32 }, { "min_trade_vol", U32 },
    { "", U32 }, { "contract_multiplier", I32 }, { "decay_quantity", I32 }, { "original_contract_size", I32 }, { "", U32 },
    { "trading_reference_date", U16 }, { "appl_id", I16 }, { "maturity_year", U16 }, { "decay_start_date", U16 },
    { "channel_id", U16 }, { "currency", TEXT(4) }, { "settl_currency", TEXT(4) }, { "secsubtype", TEXT(6) },
    { "raw_symbol", TEXT(22) }, { "group", TEXT(21) }, { "exchange", TEXT(5) }, { "asset", TEXT(7) }, { "cfi", TEXT(7) },
    { "security_type", TEXT(7) }, { "unit_of_measure", TEXT(31) }, { "underlying", TEXT(21) },
    { "strike_price_currency", TEXT(4) }, { "instrument_class", CHAR }, { "", TEXT(2) }, { "strike_price", PRICE },
    { "", TEXT(6) }, { "match_algorithm", CHAR }, { "md_security_trading_status", U8 }, { "main_fraction", U8 },
    { "price_display_format", U8 }, { "settl_price_type", U8 }, { "sub_fraction", U8 }, { "underlying_product", U8 },
    { "security_update_action", CHAR }, { "maturity_month", U8 }, { "maturity_day", U8 }, { "maturity_week", U8 },
    { "user_defined_instrument", CHAR }, { "contract_multiplier_unit", I8 }, { "flow_schedule_type", I8 },
    { "tick_rule", U8 },
    { "", TEXT(3) }, { 0 } },
definition_2[] = {
    { "ts_recv", TIME }, { "min_price_increment", PRICE }, { "display_factor", PRICE }, { "expiration", TIME },
    { "activation", TIME }, { "high_limit_price", PRICE }, { "low_limit_price", PRICE }, { "max_price_variation", PRICE },
    { "trading_reference_price", PRICE }, { "unit_of_measure_qty", PRICE }, { "min_price_increment_amount", PRICE },
    { "price_ratio", PRICE }, { "strike_price", PRICE }, { "inst_attrib_value", I32 }, { "underlying_id", U32 },
    { "raw_instrument_id", U32 }, { "market_depth_implied", I32 }, { "market_depth", I32 }, { "market_segment_id", U32 },
    { "max_trade_vol", U32 }, { "min_lot_size", I32 }, { "min_lot_size_block", I32 }, { "min_lot_size_round_lot", I32 },
    { "min_trade_vol", U32 }, { "contract_multiplier", I32 }, { "decay_quantity", I32 }, { "original_contract_size", I32 },
    { "trading_reference_date", U16 }, { "appl_id", I16 }, { "maturity_year", U16 }, { "decay_start_date", U16 },
    { "channel_id", U16 }, { "currency", TEXT(4) }, { "settl_currency", TEXT(4) }, { "secsubtype", TEXT(6) },
    { "raw_symbol", TEXT(71) }, { "group", TEXT(21) }, { "exchange", TEXT(5) }, { "asset", TEXT(7) }, { "cfi", TEXT(7) },
    { "security_type", TEXT(7) }, { "unit_of_measure", TEXT(31) }, { "underlying", TEXT(21) },
    { "strike_price_currency", TEXT(4) }, { "instrument_class", CHAR }, { "match_algorithm", CHAR },
    { "md_security_trading_status", U8 }, { "main_fraction", U8 }, { "price_display_format", U8 },
    { "settl_price_type", U8 },
    { "sub_fraction", U8 }, { "underlying_product", U8 }, { "security_update_action", CHAR }, { "maturity_month", U8 },
    { "maturity_day", U8 }, { "maturity_week", U8 }, { "user_defined_instrument", CHAR }, { "contract_multiplier_unit", I8 },
    { "flow_schedule_type", I8 }, { "tick_rule", U8 }, { "", TEXT(10) }, { 0 } },
definition_3[] = {
    { "ts_recv", TIME }, { "min_price_increment", PRICE }, { "display_factor", PRICE }, { "expiration", TIME },
    { "activation", TIME }, { "high_limit_price", PRICE }, { "low_limit_price", PRICE }, { "max_price_variation", PRICE },
    { "unit_of_measure_qty", PRICE }, { "min_price_increment_amount", PRICE }, { "price_ratio", PRICE },
    { "strike_price", PRICE }, { "raw_instrument_id", U64 }, { "leg_price", PRICE }, { "leg_delta", PRICE },
    { "inst_attrib_value", I32 }, { "underlying_id", U32 }, { "market_depth_implied", I32 }, { "market_depth", I32 },
    { "market_segment_id", U32 }, { "max_trade_vol", U32 }, { "min_lot_size", I32 }, { "min_lot_size_block", I32 },
    { "min_lot_size_round_lot", I32 }, { "min_trade_vol", U32 }, { "contract_multiplier", I32 }, { "decay_quantity", I32 },
    { "original_contract_size", I32 }, { "leg_instrument_id", U32 }, { "leg_ratio_price_numerator", I32 },
    { "leg_ratio_price_denominator", I32 }, { "leg_ratio_qty_numerator", I32 }, { "leg_ratio_qty_denominator", I32 },
    { "leg_underlying_id", U32 }, { "appl_id", I16 }, { "maturity_year", U16 }, { "decay_start_date", U16 },
    { "channel_id", U16 }, { "leg_count", U16 }, { "leg_index", U16 }, { "currency", TEXT(4) },
    { "settl_currency", TEXT(4) },
    { "secsubtype", TEXT(6) }, { "raw_symbol", TEXT(71) }, { "group", TEXT(21) }, { "exchange", TEXT(5) },
    { "asset", TEXT(11) },
    { "cfi", TEXT(7) }, { "security_type", TEXT(7) }, { "unit_of_measure", TEXT(31) }, { "underlying", TEXT(21) },
    { "strike_price_currency", TEXT(4) }, { "leg_raw_symbol", TEXT(71) }, { "instrument_class", CHAR },
    { "match_algorithm", CHAR }, { "main_fraction", U8 }, { "price_display_format", U8 }, { "sub_fraction", U8 },
    { "underlying_product", U8 }, { "security_update_action", CHAR }, { "maturity_month", U8 }, { "maturity_day", U8 },
    { "maturity_week", U8 }, { "user_defined_instrument", CHAR }, { "contract_multiplier_unit", I8 },
    { "flow_schedule_type", I8 }, { "tick_rule", U8 }, { "leg_instrument_class", CHAR }, { "leg_side", CHAR },
    { "", TEXT(17) }, { 0 } };

/* The structs of a type, one behind the other, for versions 1, 2, 3. */
static const struct {
    unsigned rtype;
    const struct part *part[3], *then, *last;
    uint16_t size[3];
} layouts[] = {
    { 0x00, { trade, trade, trade }, NULL, NULL, { 48, 48, 48 } },
    { 0x01, { trade, trade, trade }, level, NULL, { 80, 80, 80 } },
    { 0x0a, { trade, trade, trade }, level, more_levels, { 368, 368, 368 } },
    { 0xb1, { cmbp, cmbp, cmbp }, consolidated, NULL, { 80, 80, 80 } },
    { 0xc2, { cmbp, cmbp, cmbp }, consolidated, NULL, { 80, 80, 80 } },
    { 0xc0, { cbbo, cbbo, cbbo }, consolidated, NULL, { 80, 80, 80 } },
    { 0xc1, { cbbo, cbbo, cbbo }, consolidated, NULL, { 80, 80, 80 } },
    { 0xc3, { bbo, bbo, bbo }, level, NULL, { 80, 80, 80 } },
    { 0xc4, { bbo, bbo, bbo }, level, NULL, { 80, 80, 80 } },
    { 0x20, { ohlcv, ohlcv, ohlcv }, NULL, NULL, { 56, 56, 56 } },
    { 0x21, { ohlcv, ohlcv, ohlcv }, NULL, NULL, { 56, 56, 56 } },
    { 0x22, { ohlcv, ohlcv, ohlcv }, NULL, NULL, { 56, 56, 56 } },
    { 0x23, { ohlcv, ohlcv, ohlcv }, NULL, NULL, { 56, 56, 56 } },
    { 0x13, { definition_1, definition_2, definition_3 }, NULL, NULL, { 360, 400, 520 } },
    { 0x18, { stat_1, stat_1, stat_3 }, NULL, NULL, { 64, 64, 80 } },
    { 0x16, { mapping_1, mapping_2, mapping_2 }, NULL, NULL, { 80, 176, 176 } },
    { 0x15, { error_1, error_2, error_2 }, NULL, NULL, { 80, 320, 320 } },
};

static void add_parts(struct oc_dbn_layout *l, const struct part *p)
{
    for (; p && p->name; p++) {
        const size_t unit = p->type == OC_DBN_TEXT ? 1 : p->width;
        l->size = (l->size + unit - 1) / unit * unit;
        assert(l->n < OC_DBN_FIELDS);
        l->field[l->n++] = (struct oc_dbn_field){ p->name, p->type, p->width, (uint16_t)l->size };
        l->size += p->width;
    }
}

bool oc_dbnlayout_of(unsigned rtype, unsigned version, struct oc_dbn_layout *out)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        if (layouts[i].rtype != rtype)
            continue;
        *out = (struct oc_dbn_layout){ 0 };
        add_parts(out, header);
        add_parts(out, layouts[i].part[version - 1]);
        add_parts(out, layouts[i].then);
        add_parts(out, layouts[i].last);
        out->size = (out->size + 7) / 8 * 8;
        assert(out->size == layouts[i].size[version - 1]);
        return true;
    }
    return false;
}

const struct oc_dbn_field *oc_dbnlayout_field(const struct oc_dbn_layout *l, const char *name)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->field[i].name[0] && strcmp(l->field[i].name, name) == 0)
            return &l->field[i];
    return NULL;
}

/* ---- values ------------------------------------------------------------------------------------------------ */

static uint64_t load(const unsigned char *p, size_t n)
{
    uint64_t v = 0;

    while (n-- > 0)
        v = v << 8 | p[n];
    return v;
}

static void print_price(int64_t v, struct oc_buf *out)
{
    const uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    char frac[16];
    int n = snprintf(frac, sizeof frac, "%09" PRIu64, u % 1000000000);

    while (n && frac[n - 1] == '0')
        n--;
    oc_buf_printf(out, "%s%" PRIu64 "%s%.*s", v < 0 ? "-" : "", u / 1000000000, n ? "." : "", n, frac);
}

void oc_dbnlayout_print(const struct oc_dbn_field *f, const unsigned char *record, struct oc_buf *out)
{
    const unsigned char *p = record + f->at;
    const uint64_t v = f->type == OC_DBN_TEXT ? 0 : load(p, f->width);

    switch (f->type) {
    case OC_DBN_PRICE:
        if (v != INT64_MAX)
            print_price((int64_t)v, out);
        break;
    case OC_DBN_TIME:
        if (v != UINT64_MAX)
            oc_buf_printf(out, "%" PRIu64, v);
        break;
    case OC_DBN_I64:
        if (v != INT64_MAX)
            oc_buf_printf(out, "%" PRId64, (int64_t)v);
        break;
    case OC_DBN_I32:
        if (v != INT32_MAX)
            oc_buf_printf(out, "%" PRId32, (int32_t)(uint32_t)v);
        break;
    case OC_DBN_I16: oc_buf_printf(out, "%d", (int16_t)(uint16_t)v); break;
    case OC_DBN_I8: oc_buf_printf(out, "%d", (int8_t)(uint8_t)v); break;
    case OC_DBN_U32: case OC_DBN_U16:
        if (v != (f->width == 4 ? UINT32_MAX : UINT16_MAX))
            oc_buf_printf(out, "%" PRIu64, v);
        break;
    case OC_DBN_U64: case OC_DBN_U8: oc_buf_printf(out, "%" PRIu64, v); break;
    case OC_DBN_CHAR:
        if (v)
            oc_buf_char(out, (char)v);
        break;
    case OC_DBN_TEXT: oc_buf_put(out, p, strnlen((const char *)p, f->width)); break;
    }
}
