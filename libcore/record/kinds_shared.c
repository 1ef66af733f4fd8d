/* kinds_shared - the columns that every kind may have, with the meaning they have unless the kind says more. */
#include "record/kinds.h"

const struct oc_coldef oc_kinds_shared[] = {
    { "ts", 't', 'o', "UTC", "timestamp datetime quote_datetime simulated_at as_of", "instant of the row" },
    { "symbol", 's', 'o', "", "underlying_symbol underlying ticker",
      "the underlying in option rows, the instrument itself in tick, bar and trade" },
    { "contract_symbol", 's', 'o', "", "contractsymbol option_symbol optionsymbol osi instrument_name",
      "OSI (compact), futures or Deribit name; fills empty root, expiry, type and strike" },
    { "run", 's', 'o', "", "", "id of a simulation or session, from its content; empty for market data" },
    { "path", 'i', 'o', "", "path_id", "path of a simulation, from 0" },
    { "step", 'i', 'o', "", "cursor", "step of a simulation, from 0" },
    { "source", 's', 'o', "", "", "where the row was got (iqfeed, live_gap_filled)" },
    { "currency", 's', 'o', "", "ccy", "of prices in the row: ISO 4217 code or coin" },
    { "multiplier", 'f', 'o', "units a contract", "contract_multiplier",
      "units of the underlying in one contract; never assumed where money is summed" },
    { "calendar", 's', 'o', "", "", "XNYS, XCBO, CME_GLOBEX, CME_GLOBEX_FX, FX_24_5 or CRYPTO_24_7" },
    { "status", 's', 'c', "", "", "ok, or items column:reason joined by a blank" },
    { 0 }
};
