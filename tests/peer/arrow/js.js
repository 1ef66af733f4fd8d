// js - read or write Arrow with npm's apache-arrow.  js.js read FILE: canonical lines; js.js write FORM FILE.
'use strict'
const arrow = require('apache-arrow'), fs = require('fs'), data = require('./data.js')

function read(path) {
    const names = Object.keys(data.columns), out = []
    // batch by batch: a dictionary that is sent again belongs to the batches behind it
    for (const batch of arrow.RecordBatchReader.from(fs.readFileSync(path))) {
        const columns = names.map(n => batch.getChild(n))
        for (let i = 0; i < batch.numRows; i++) {
            const row = {}
            names.forEach((n, k) => { row[n] = value(columns[k], i, data.columns[n]) })
            out.push(data.line(row))
        }
    }
    process.stdout.write(out.join('\n') + '\n')
}

function value(vector, i, type) {
    if (!vector.isValid(i))
        return null
    const chunk = vector.data[0]
    if (type === 't')           // the library gives milliseconds, as a double
        return chunk.values[i]
    if (type === 'd')
        return chunk.values[i]
    return vector.get(i)
}

// What each column is written as; other types that must come out the same.
const plain = { ts: new arrow.Timestamp(arrow.TimeUnit.NANOSECOND, 'UTC'), symbol: new arrow.Utf8(), expiry: new arrow.DateDay(),
    strike: new arrow.Float64(), type: new arrow.Utf8(), bid: new arrow.Float64(), ask: new arrow.Float64(),
    volume: new arrow.Float64(), step: new arrow.Int64(), inverse: new arrow.Bool(), labels: new arrow.Utf8(), note: new arrow.Utf8() }
const wide = { ...plain, symbol: new arrow.Dictionary(new arrow.Utf8(), new arrow.Uint16(), 7), expiry: new arrow.DateMillisecond(),
    type: new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8(), 8), strike: new arrow.Float32(), volume: new arrow.Uint32(),
    labels: new arrow.LargeUtf8(), note: new arrow.Dictionary(new arrow.Utf8(), new arrow.Uint8(), 9) }
const input = { expiry: v => new Date(v * 86400000) }

// The library counts any timestamp from milliseconds in a double; nanoseconds go in past it, as integers.
function instants(rows, type) {
    const values = BigInt64Array.from(rows, r => r.ts)
    return arrow.makeVector(arrow.makeData({ type, length: rows.length, nullCount: 0, data: values }))
}

function table(rows, types) {
    const columns = {}
    for (const [name, type] of Object.entries(types))
        columns[name] = name === 'ts' ? instants(rows, type)
            : arrow.vectorFromArray(rows.map(r => r[name] === null ? null : input[name] ? input[name](r[name]) : r[name]), type)
    return new arrow.Table(columns)
}

function write(form, path) {
    const t = table(data.make(), form.includes('wide') ? wide : plain)
    fs.writeFileSync(path, arrow.tableToIPC(t, form.includes('file') ? 'file' : 'stream'))
}

if (process.argv[2] === 'read')
    read(process.argv[3])
else
    write(process.argv[3], process.argv[4])
