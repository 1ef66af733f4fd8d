/* kinds_book - parameters, positions, fills, scenarios and figures. */
#include "record/kinds.h"

const struct oc_coldef oc_kinds_book_param[] = {
    { "model", 's', 'R', "", "", "model the parameter belongs to" },
    { "name", 's', 'R', "", "parameter param", "name of the parameter" },
    { "value", 'f', 'a', "", "", "its value" },
    { "text", 'x', 'a', "", "", "its value where that is no number" },
    { "role", 's', 'o', "", "",
      "param (absent: param), fit (rmse_iv max_iv_error sse inside_spread butterfly_min calendar_min iterations), "
      "market (spot forward rate dividend_yield discount)" },
    { "root", 's', 'o', "", "", "listed root it belongs to; empty is all" },
    { "settle", 's', 'o', "", "", "settlement it belongs to" },
    { "expiry", 'd', 'o', "date", "", "slice it belongs to" },
    { "years", 'f', 'o', "years", "", "slice it belongs to, as a time" },
    { "strike", 'f', 'o', "price", "", "grid point it belongs to" },
    { "symbol2", 's', 'o', "", "", "the other one of a correlation" },
    { "stderr", 'f', 'o', "of the figure", "", "standard error of the fit" },
    { "lower", 'f', 'o', "", "", "lower bound of the fit" },
    { "upper", 'f', 'o', "", "", "upper bound of the fit" },
    { "bound", 's', 'o', "", "", "bound that was hit: lower upper" },
    { "fixed", 'b', 'o', "", "", "held fixed" },
    { 0 }
};

const struct oc_coldef oc_kinds_book_leg[] = {
    { "entry_price", 'f', 'o', "price", "avg_price cost", "paid or received" },
    { "entry_ts", 't', 'o', "UTC", "", "instant of the entry" },
    { "book", 's', 'o', "", "", "book of the leg" },
    { "strategy", 's', 'o', "", "", "strategy of the leg" },
    { "leg_id", 'x', 'o', "", "", "id of the leg" },
    { "beta", 'f', 'o', "1", "", "beta of the underlying to the reference" },
    { 0 }
};

const struct oc_coldef oc_kinds_book_trade[] = {
    { "ts", 't', 'R', "UTC", "timestamp datetime quote_datetime simulated_at as_of close_time fill_ts",
      "fill, or closing instant of a round trip" },
    { "symbol", 's', 'R', "", "underlying_symbol underlying ticker", "the instrument" },
    { "side", 's', 'R', "", "direction", "B or S of the fill; of the opening for a round trip" },
    { "quantity", 'f', 'R', "contracts", "qty lots", "size, > 0" },
    { "price", 'f', 'R', "price", "fill_price close_price", "fill; closing price of a round trip" },
    { "open_ts", 't', 'o', "UTC", "open_time", "opening instant: makes it a round trip" },
    { "open_price", 'f', 'o', "price", "entry_price", "opening price" },
    { "stop", 'f', 'o', "price", "sl", "stop price: gives the risk of the trade" },
    { "target", 'f', 'o', "price", "tp", "target price" },
    { "equity", 'f', 'o', "currency", "", "equity after the row" },
    { "balance", 'f', 'o', "currency", "", "balance after the row" },
    { "pnl", 'f', 'o', "currency", "", "gross profit" },
    { "fee", 'f', 'o', "currency", "", "cost, > 0" },
    { "swap", 'f', 'o', "currency", "", "carry, credit > 0" },
    { "pnl_net", 'f', 'o', "currency", "", "pnl - fee + swap" },
    { "trade_id", 'x', 'o', "", "", "id of the fill" },
    { "account", 's', 'o', "", "", "account" },
    { "strategy", 's', 'o', "", "", "strategy" },
    { "effect", 's', 'o', "", "", "open close exercise assign expire" },
    { "seq", 'i', 'o', "", "", "order among equal instants" },
    { 0 }
};

const struct oc_coldef oc_kinds_book_scenario[] = {
    { "scenario", 's', 'R', "", "", "name of the scenario" },
    { "spot_rel", 'f', 'o', "1", "", "relative change of spot: -0.30 is -30 %" },
    { "vol_rel", 'f', 'o', "1", "", "relative change of volatility" },
    { "rate_rel", 'f', 'o', "1", "", "relative change of the rate" },
    { "spot_abs", 'f', 'o', "price", "", "change of spot" },
    { "vol_abs", 'f', 'o', "1/sqrt(year)", "", "change of volatility" },
    { "rate_abs", 'f', 'o', "1/year", "", "change of the rate: -0.01 is -1 point" },
    { "dividend_yield_abs", 'f', 'o', "1/year", "", "change of the dividend yield" },
    { "days", 'f', 'o', "days", "", "calendar days passed" },
    { "skew_abs", 'f', 'o', "per 1.00 of log-moneyness", "", "change of the slope of volatility" },
    { "corr_abs", 'f', 'o', "1", "", "change of correlation" },
    { "probability", 'f', 'o', "1", "", "weight of the scenario" },
    { 0 }
};

const struct oc_coldef oc_kinds_book_stat[] = {
    { "stat", 's', 'R', "", "",
      "mean var es quantile prob_profit prob_touch max_drawdown prob_pass prob_ruin days_to_target sharpe sortino "
      "calmar realized_vol forecast_vol vix gex and others" },
    { "value", 'f', 'R', "", "", "the figure" },
    { "unit", 's', 'o', "", "", "unit of the figure" },
    { "stderr", 'f', 'o', "of the figure", "", "standard error" },
    { "ci_low", 'f', 'o', "of the figure", "", "lower end of the confidence interval" },
    { "ci_high", 'f', 'o', "of the figure", "", "upper end of the confidence interval" },
    { "confidence", 'f', 'o', "1", "", "of the confidence interval" },
    { "level", 'f', 'o', "", "", "level of a quantile, VaR or ES" },
    { "paths", 'i', 'o', "", "", "paths behind the figure" },
    { "count", 'i', 'o', "", "", "cases behind the figure" },
    { "contract_id", 'x', 'o', "", "", "what it belongs to" },
    { "leg_id", 'x', 'o', "", "", "what it belongs to" },
    { "scenario", 's', 'o', "", "", "what it belongs to" },
    { "expiry", 'd', 'o', "date", "", "what it belongs to" },
    { "horizon_days", 'f', 'o', "days", "", "horizon of the figure" },
    { 0 }
};
