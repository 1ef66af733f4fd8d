// data - the rows that every test against a foreign Arrow implementation uses, as CSV and in a canonical form.
//
// Canonical: one line a row, cells by tabs; instants as nanoseconds, dates as days, doubles as 16 hexadecimal digits of
// their bits, booleans as 0 and 1, what is missing as ~.
'use strict'

const columns = { ts: 't', symbol: 's', expiry: 'd', strike: 'f', type: 's', bid: 'f', ask: 'f', volume: 'f',
    step: 'i', inverse: 'b', labels: 'x', note: 'x' }
const rows = 9000

// A fixed sequence of 32-bit numbers (Marsaglia's xorshift).
function numbers() {
    let x = 2463534242
    return () => {
        x ^= x << 13
        x ^= x >>> 17
        x ^= x << 5
        return x >>> 0
    }
}

function make() {
    const next = numbers(), out = []
    const maybe = v => next() % 6 === 0 ? null : v
    for (let i = 0; i < rows; i++)
        out.push({
            ts: 1794877200000000000n + BigInt(i) * 1000000001n,
            symbol: 'S' + Math.floor(i / 20),               // ever more of them: dictionaries grow
            expiry: 20000 + next() % 1000,
            strike: 1000 + (next() % 4000) / 4,
            type: next() % 2 ? 'C' : 'P',
            bid: maybe(next() / 65536 + 0.01),
            ask: next() / 3e5 + 0.01,
            volume: maybe(next() % 100000),
            step: maybe(BigInt(next()) * 1000000n - 5000000000n),
            inverse: maybe(next() % 2 === 1),
            labels: maybe(['weekly', 'monthly|daily', 'h\u00e9bdo', '\u20ac', 'x'][next() % 5]),
            note: maybe('n' + next() % 50),
        })
    return out
}

function bits(x) {
    const b = Buffer.alloc(8)
    b.writeDoubleBE(x)
    return b.toString('hex')
}

const canonical = { t: String, d: String, i: String, s: String, x: String, f: bits, b: v => v ? '1' : '0' }
const line = r => Object.keys(columns).map(k => r[k] === null || r[k] === undefined ? '~' : canonical[columns[k]](r[k])).join('\t')

const date = d => new Date(d * 86400000).toISOString().slice(0, 10)
function instant(ns) {
    const fraction = String(ns % 1000000000n).padStart(9, '0').replace(/0+$/, '')
    return new Date(Number(ns / 1000000n)).toISOString().slice(0, 19) + (fraction ? '.' + fraction : '') + 'Z'
}
const cell = { t: instant, d: date, i: String, s: String, x: String, f: String, b: String }
const csv = r => Object.keys(columns).map(k => r[k] === null ? '' : cell[columns[k]](r[k])).join(',')

module.exports = { columns, make, line, csv }
if (require.main === module) {          // data.js FOLDER: data.csv and expect.tsv
    const fs = require('fs'), all = make()
    fs.writeFileSync(process.argv[2] + '/data.csv', [Object.keys(columns).join(','), ...all.map(csv)].join('\n') + '\n')
    fs.writeFileSync(process.argv[2] + '/expect.tsv', all.map(line).join('\n') + '\n')
}
