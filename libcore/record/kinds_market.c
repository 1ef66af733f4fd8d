/* kinds_market - curves, dividends, ticks, bars and simulated factors. */
#include "record/kinds.h"

const struct oc_coldef oc_kinds_market_curve[] = {
    { "curve", 's', 'R', "", "", "name of the curve (USD.treasury)" },
    { "years", 'f', 'a', "years", "", "maturity of the point" },
    { "date", 'd', 'a', "date", "", "maturity of the point as a date" },
    { "tenor", 's', 'a', "", "", "maturity of the point in words (3M, 10Y)" },
    { "zero_rate", 'f', 'a', "1/year", "", "zero rate, continuously compounded" },
    { "par_rate", 'f', 'a', "1/year", "", "par rate; frequency is needed with it" },
    { "discount", 'f', 'a', "1", "", "discount factor" },
    { "frequency", 'i', 'o', "1/year", "", "coupons a year of a par rate" },
    { "forward", 'f', 'o', "price", "", "forward of symbol: makes it a forward curve" },
    { "forward_low", 'f', 'c', "price", "", "largest forward that somebody can buy below: bound from executable quotes" },
    { "forward_high", 'f', 'c', "price", "", "smallest that somebody can sell above" },
    { "residual", 'f', 'c', "price", "", "of the fit, root mean square by weight" },
    { "pairs", 'i', 'c', "", "", "strikes with a call and a put that were fitted" },
    { "outliers", 'i', 'c', "", "", "of them those that contradict the fit" },
    { "outlier_strikes", 'x', 'c', "", "", "their strikes, joined by |" },
    { "dividend_yield", 'f', 'o', "1/year", "", "carry of symbol to the point" },
    { 0 }
};

const struct oc_coldef oc_kinds_market_dividend[] = {
    { "symbol", 's', 'R', "", "underlying_symbol underlying ticker", "what pays" },
    { "ex_date", 'd', 'R', "date", "exdate ex_dividend_date", "first day without the dividend" },
    { "amount", 'f', 'a', "currency", "", "cash a unit" },
    { "proportion", 'f', 'a', "of spot", "", "fraction of spot; split: new shares for an old one" },
    { "dividend_type", 's', 'o', "", "", "cash stock special split" },
    { "declared_date", 'd', 'o', "date", "", "declared" },
    { "record_date", 'd', 'o', "date", "", "holders of this day are paid" },
    { "pay_date", 'd', 'o', "date", "", "paid" },
    { 0 }
};

const struct oc_coldef oc_kinds_market_tick[] = {
    { "ts", 't', 'R', "UTC", "timestamp datetime quote_datetime simulated_at as_of", "instant of the tick" },
    { "symbol", 's', 'R', "", "underlying_symbol underlying ticker", "the instrument" },
    { "price", 'f', 'a', "price", "trade_price px", "of a trade" },
    { "size", 'f', 'a', "units", "qty amount last_size", "of a trade" },
    { "bid", 'f', 'a', "price", "", "of a quote, or of the quote at the trade" },
    { "ask", 'f', 'a', "price", "", "of a quote, or of the quote at the trade" },
    { "bid_size", 'f', 'a', "contracts", "", "size at the bid: contracts, shares or coins" },
    { "ask_size", 'f', 'a', "contracts", "", "size at the offer: contracts, shares or coins" },
    { "event", 's', 'o', "", "", "trade quote both" },
    { "side", 's', 'o', "", "", "aggressor: B buyer, S seller" },
    { "exchange", 's', 'o', "", "", "venue" },
    { "conditions", 'x', 'o', "", "", "sale conditions as the venue gives them" },
    { "tick_id", 'x', 'o', "", "", "the vendor's id" },
    { "seq", 'i', 'o', "", "", "order among equal instants; absent: the order of the file" },
    { "recv_ts", 't', 'o', "UTC", "", "local receipt" },
    { "spread", 'f', 'c', "price", "", "ask - bid" },
    { "mid", 'f', 'c', "price", "", "(bid + ask) / 2" },
    { "spread_bps", 'f', 'c', "0.0001 of mid", "", "spread / mid * 10000" },
    { "effective_spread", 'f', 'c', "price", "", "2 * |price - mid|" },
    { "trade_sign", 'i', 'c', "", "", "+1 bought, -1 sold, 0 not known" },
    { "dollar_volume", 'f', 'c', "currency", "", "price * size" },
    { "log_return", 'f', 'c', "1", "", "log of price to the price before" },
    { "tick_direction", 'i', 'c', "", "", "+1 up, -1 down, 0 same" },
    { "volume_rate", 'f', 'c', "units/second", "", "size by time since the tick before" },
    { "extended_hours", 'b', 'c', "", "", "outside the regular session, inside the extended one" },
    { "odd_lot", 'b', 'c', "", "", "smaller than a round lot" },
    { "regular_session", 'b', 'c', "", "", "inside the regular session" },
    { 0 }
};

const struct oc_coldef oc_kinds_market_bar[] = {
    { "ts", 't', 'R', "UTC", "timestamp datetime quote_datetime simulated_at as_of start window_start",
      "first instant of the bar" },
    { "end_ts", 't', 'o', "UTC", "", "the instant after its last" },
    { "interval", 's', 'R', "", "timeframe",
      "1s 1m 5m 1h 1d 1w, tick:100, volume:10000, dollar:1000000, range:0.5, renko:1, tick_imbalance:N, "
      "volume_imbalance:N" },
    { "open", 'f', 'R', "price", "o", "first price" },
    { "high", 'f', 'R', "price", "h", "highest price" },
    { "low", 'f', 'R', "price", "l", "lowest price" },
    { "close", 'f', 'R', "price", "c", "last price" },
    { "volume", 'f', 'o', "contracts", "", "traded: contracts, shares or coins" },
    { "vwap", 'f', 'o', "price", "", "volume-weighted average price" },
    { "dollar_volume", 'f', 'o', "currency", "", "money traded" },
    { "trades", 'i', 'o', "", "tick_volume transactions", "number of trades" },
    { "buy_volume", 'f', 'o', "contracts", "", "traded at the offer" },
    { "sell_volume", 'f', 'o', "contracts", "", "traded at the bid" },
    { "complete", 'b', 'o', "", "", "false for the open last bar" },
    { "spread", 'f', 'o', "price", "", "mean spread" },
    { "adj_factor", 'f', 'o', "1", "", "multiply prices by it" },
    { "session_part", 's', 'o', "", "", "pre regular after" },
    { 0 }
};

const struct oc_coldef oc_kinds_market_factor[] = {
    { "step", 'i', 'R', "", "cursor", "step, from 0" },
    { "symbol", 's', 'R', "", "underlying_symbol underlying ticker", "the instrument" },
    { "spot", 'f', 'R', "price", "underlying_price underlying_last stock_price s", "price" },
    { "volatility", 'f', 'o', "1/sqrt(year)", "base_volatility", "instantaneous volatility" },
    { "rate", 'f', 'o', "1/year", "", "short rate" },
    { "dividend_yield", 'f', 'o', "1/year", "", "carry" },
    { "jumps", 'i', 'o', "", "", "jumps in the step" },
    { "regime", 'i', 'o', "", "", "state of a regime model" },
    { 0 }
};
