/*
 * kinds_option - option rows: what a contract is, what the market says of it, and what the programs compute.
 *
 * Units: prices in currency (in coin where `inverse` is true); rates, yields and volatilities are fractions per
 * year, continuously compounded; Greeks are the textbook's (theta per year, vega and rho per 1.00).
 */
#include "record/kinds.h"

#define IV "1/sqrt(year)"
#define RATE "1/year"

const struct oc_coldef oc_kinds_option_quote_head[] = {
    { "ts", 't', 'R', "UTC", "timestamp datetime quote_datetime simulated_at as_of", "instant of the quote" },
    { "symbol", 's', 'R', "", "underlying_symbol underlying ticker", "the underlying, never an OSI text" },
    { 0 }
};

const struct oc_coldef oc_kinds_option_leg_head[] = {
    { "quantity", 'f', 'R', "contracts", "qty position contracts", "held, signed: long > 0" },
    { "type", 's', 'R', "", "option_type optiontype call_put put_call callput right",
      "C call, P put, U the underlying itself" },
    { "strike", 'f', 'a', "price", "strike_price strikeprice k", "strike" },
    { "multiplier", 'f', 'R', "units a contract", "contract_multiplier", "1 for type U" },
    { 0 }
};

const struct oc_coldef oc_kinds_option_contract_terms[] = {
    { "strike", 'f', 'a', "price", "strike_price strikeprice k", "strike" },
    { 0 }
};

const struct oc_coldef oc_kinds_option_terms[] = {
    { "root", 's', 'o', "", "option_root optionroot", "listed root (SPXW); adjusted roots keep their digit" },
    { "expiry", 'd', 'a', "date", "expiration expiration_date expire_date expirationdate expiry_date",
      "date of expiry; the instant follows from calendar and settle" },
    { "expires_at", 't', 'a', "UTC", "expiration_ts", "instant of expiry" },
    { "years", 'f', 'a', "years", "ttm tte time_to_expiry years_to_expiry", "time to expiry, stated" },
    { "settle", 's', 'o', "", "settlement",
      "PM close, AM open, or HH:MM local to the calendar; absent: the root table, else PM" },
    { "type", 's', 'R', "", "option_type optiontype call_put put_call callput right",
      "C call, P put; read: c call Call CALL CE p put Put PUT PE" },
    { "style", 's', 'o', "", "exercise_style exercise",
      "E European, A American, B Bermudan; absent: the root table, E without a symbol" },
    { "strike", 'f', 'R', "price", "strike_price strikeprice k", "strike" },
    { "spot", 'f', 'o', "price", "underlying_price underlying_last stock_price s", "price of the underlying" },
    { "forward", 'f', 'o', "price", "forward_price implied_forward", "forward to the row's expiry" },
    { "rate", 'f', 'o', RATE, "risk_free_rate interest_rate r", "zero rate to expiry, continuously compounded" },
    { "dividend_yield", 'f', 'o', RATE, "div_yield carry_yield q",
      "all carry: dividends, borrow, foreign rate; continuously compounded" },
    { "iv", 'f', 'o', IV, "implied_volatility impliedvolatility implied_vol impliedvol",
      "volatility of the model (price/sqrt(year) for bachelier)" },
    { "model", 's', 'o', "", "", "model of the row, with its parameters in par_ columns" },
    { "par_volatility", 'f', 'o', IV, "", "parameter volatility of the row's model" },
    { "par_shift", 'f', 'o', "price", "", "parameter shift of the row's model (displaced)" },
    { "par_v0", 'f', 'o', "1/year", "", "parameter v0 of the row's model: variance" },
    { "par_kappa", 'f', 'o', "1/year", "", "parameter kappa of the row's model" },
    { "par_theta", 'f', 'o', "", "", "parameter theta of the row's model" },
    { "par_xi", 'f', 'o', "", "", "parameter xi of the row's model" },
    { "par_rho", 'f', 'o', "", "", "parameter rho of the row's model" },
    { 0 }
};

const struct oc_coldef oc_kinds_option_quote[] = {
    { "bid", 'f', 'o', "price", "bid_price best_bid bidprice", "best bid; 0 means the market shows none" },
    { "ask", 'f', 'o', "price", "ask_price best_ask offer askprice", "best offer" },
    { "bid_size", 'f', 'o', "contracts", "bidsize bid_qty", "size at the bid" },
    { "ask_size", 'f', 'o', "contracts", "asksize ask_qty", "size at the offer" },
    { "mid", 'f', 'o', "price", "mid_price midpoint",
      "as given; the programs compute (bid + ask) / 2, with bid 0 counted" },
    { "last", 'f', 'o', "price", "last_price lastprice last_sale", "last trade" },
    { "last_ts", 't', 'o', "UTC", "last_trade_ts", "instant of the last trade" },
    { "mark", 'f', 'o', "price", "mark_price settlement_price",
      "the exchange's or vendor's own fair or settlement price" },
    { "volume", 'f', 'o', "contracts", "trade_volume", "traded in the session" },
    { "open_interest", 'f', 'o', "contracts", "oi openinterest open_int", "open contracts" },
    { "spot_bid", 'f', 'o', "price", "underlying_bid", "bid of the underlying at ts" },
    { "spot_ask", 'f', 'o', "price", "underlying_ask", "offer of the underlying at ts" },
    { "inverse", 'b', 'o', "", "", "prices are in units of the underlying (coin): price * spot is money" },
    { "exchange", 's', 'o', "", "exch", "venue" },
    { "recv_ts", 't', 'o', "UTC", "local_ts ts_recv", "local receipt" },
    { "labels", 'x', 'o', "", "", "schedule rules that list the expiry, joined by |" },
    { "vendor_iv", 'f', 'o', IV, "", "the vendor's own implied volatility" },
    { "vendor_delta", 'f', 'o', "1", "", "the vendor's own delta" },
    { "vendor_gamma", 'f', 'o', "1/price", "", "the vendor's own gamma" },
    { "vendor_theta", 'f', 'o', "", "", "the vendor's own theta, in the vendor's unit" },
    { "vendor_vega", 'f', 'o', "", "", "the vendor's own vega, in the vendor's unit" },
    { "vendor_rho", 'f', 'o', "", "", "the vendor's own rho, in the vendor's unit" },
    { "vendor_price", 'f', 'o', "price", "", "the vendor's own theoretical price" },
    { 0 }
};

const struct oc_coldef oc_kinds_option_contract[] = {
    { "contract_id", 'x', 'o', "", "", "id of the contract" },
    { "product", 's', 'a', "", "",
      "european if absent; american bermudan digital_cash digital_asset gap barrier double_barrier soft_barrier "
      "asian lookback_fixed lookback_float forward_start cliquet chooser compound extendible power exchange spread "
      "basket rainbow_min rainbow_max quanto variance_swap" },
    { "price", 'f', 'o', "price", "option_price premium",
      "a given price, for --iv --price-from price; else written by oc-price" },
    { "barrier", 'f', 'o', "price", "h", "level, the lower of two" },
    { "barrier2", 'f', 'o', "price", "u", "upper level" },
    { "barrier_type", 's', 'o', "", "", "do di uo ui; ko ki with two levels" },
    { "monitoring", 'i', 'o', "", "", "fixings over the life, evenly spaced, last at expiry; 0 or absent continuous" },
    { "fixing_dates", 'x', 'o', "", "", "dates of the fixings, joined by |" },
    { "rebate", 'f', 'o', "price", "", "paid when the option is knocked out, or never knocked in" },
    { "cash", 'f', 'o', "price", "", "amount that a digital or barrier pays" },
    { "pay_at", 's', 'o', "", "", "hit or expiry: when rebate or cash is paid" },
    { "strike2", 'f', 'o', "price", "", "second strike: gap pay-off, compound, extendible" },
    { "years2", 'f', 'o', "years", "", "second maturity, the later one" },
    { "start_years", 'f', 'o', "years", "", "forward start, choice or window instant" },
    { "moneyness", 'f', 'o', "", "", "strike / spot at start" },
    { "extension_fee", 'f', 'o', "price", "", "paid to extend" },
    { "average", 's', 'o', "", "", "A arithmetic, G geometric" },
    { "average_so_far", 'f', 'o', "price", "", "average of the fixings done" },
    { "fixings", 'i', 'o', "", "", "number of fixings of an average" },
    { "fixings_done", 'i', 'o', "", "", "fixings already taken" },
    { "first_fixing_years", 'f', 'o', "years", "", "time to the first fixing" },
    { "extremum", 'f', 'o', "price", "", "running minimum (call, floating) or maximum" },
    { "spot2", 'f', 'o', "price", "", "second asset: spot" },
    { "forward2", 'f', 'o', "price", "", "second asset: forward" },
    { "dividend_yield2", 'f', 'o', RATE, "", "second asset: carry" },
    { "iv2", 'f', 'o', IV, "", "second asset: volatility" },
    { "quantity1", 'f', 'o', "", "", "units of the first asset" },
    { "quantity2", 'f', 'o', "", "", "units of the second asset" },
    { "corr", 'f', 'o', "", "", "correlation of the two assets, or of asset and exchange rate" },
    { "assets", 'i', 'o', "", "", "assets of a basket that share spot, iv and corr" },
    { "weights", 'x', 'o', "", "", "weights of a basket, joined by |" },
    { "fx", 'f', 'o', "price", "", "quanto: exchange rate" },
    { "fx_iv", 'f', 'o', IV, "", "quanto: volatility of the exchange rate" },
    { "foreign_rate", 'f', 'o', RATE, "", "quanto: rate of the asset's currency" },
    { "exercise_dates", 'i', 'o', "", "", "Bermudan: number of exercise dates, evenly spaced, last at expiry" },
    { "cap", 'f', 'o', "", "", "cliquet: cap of the sum" },
    { "floor", 'f', 'o', "", "", "cliquet: floor of the sum" },
    { "local_cap", 'f', 'o', "", "", "cliquet: cap of each return" },
    { "local_floor", 'f', 'o', "", "", "cliquet: floor of each return" },
    { "participation", 'f', 'o', "", "", "share of the pay-off that is paid" },
    { "exponent", 'f', 'o', "", "", "power: exponent" },
    { 0 }
};

const struct oc_coldef oc_kinds_option_computed[] = {
    { "price", 'f', 'c', "price", "", "model value; in coin where inverse is true" },
    { "iv_bid", 'f', 'c', IV, "", "implied volatility of bid" },
    { "iv_mid", 'f', 'c', IV, "", "implied volatility of mid" },
    { "iv_ask", 'f', 'c', IV, "", "implied volatility of ask" },
    { "iv_last", 'f', 'c', IV, "", "implied volatility of last" },
    { "iv_tick", 'f', 'c', IV, "", "half a price tick in volatility: tick / 2 / vega" },
    { "delta", 'f', 'c', "1", "", "change of the price by spot" },
    { "gamma", 'f', 'c', "1/price", "", "change of delta by spot" },
    { "speed", 'f', 'c', "1/price^2", "", "change of gamma by spot" },
    { "delta_fwd", 'f', 'c', "1", "", "change of the price by forward" },
    { "gamma_fwd", 'f', 'c', "1/price", "", "change of delta_fwd by forward" },
    { "vega", 'f', 'c', "price per 1.00 of volatility", "", "change of the price by volatility" },
    { "vomma", 'f', 'c', "price per 1.00^2 of volatility", "", "change of vega by volatility" },
    { "ultima", 'f', 'c', "price per 1.00^3 of volatility", "", "change of vomma by volatility" },
    { "vanna", 'f', 'c', "1 per 1.00 of volatility", "", "change of delta by volatility" },
    { "zomma", 'f', 'c', "1/price per 1.00 of volatility", "", "change of gamma by volatility" },
    { "rho", 'f', 'c', "price per 1.00 of rate", "", "change of the price by rate" },
    { "phi", 'f', 'c', "price per 1.00 of yield", "", "change of the price by dividend yield" },
    { "theta", 'f', 'c', "price/year", "", "change of the price by calendar time" },
    { "charm", 'f', 'c', "1/year", "", "change of delta by calendar time" },
    { "color", 'f', 'c', "1/price/year", "", "change of gamma by calendar time" },
    { "veta", 'f', 'c', "price per 1.00 of volatility/year", "", "change of vega by calendar time" },
    { "theta_day", 'f', 'c', "price/day", "", "theta / 365" },
    { "charm_day", 'f', 'c', "1/day", "", "charm / 365" },
    { "color_day", 'f', 'c', "1/price/day", "", "color / 365" },
    { "vega_pct", 'f', 'c', "price per 0.01 of volatility", "", "vega * 0.01" },
    { "rho_pct", 'f', 'c', "price per 0.01 of rate", "", "rho * 0.01" },
    { "phi_pct", 'f', 'c', "price per 0.01 of yield", "", "phi * 0.01" },
    { "veta_day_pct", 'f', 'c', "price per 0.01 of volatility/day", "", "veta * 0.01 / 365" },
    { "elasticity", 'f', 'c', "1", "", "relative change of the price by relative change of spot" },
    { "dual_delta", 'f', 'c', "1", "", "change of the price by strike" },
    { "dual_gamma", 'f', 'c', "1/price", "", "second change of the price by strike" },
    { "prob_itm", 'f', 'c', "1", "", "risk-neutral probability to end in the money" },
    { "prob_touch", 'f', 'c', "1", "", "risk-neutral probability to touch the strike" },
    { "stderr", 'f', 'c', "of the figure", "", "standard error of price (oc-mc); GREEK_stderr for each Greek" },
    { "ci_low", 'f', 'c', "of the figure", "", "lower end of the confidence interval of price" },
    { "ci_high", 'f', 'c', "of the figure", "", "upper end of the confidence interval of price" },
    { "upper_bound", 'f', 'c', "price", "", "dual upper bound of the value of early exercise (oc-mc)" },
    { "upper_bound_stderr", 'f', 'c', "price", "", "its standard error" },
    { "paths", 'i', 'c', "", "", "paths behind the figures" },
    { 0 }
};
