// polars - read or write Arrow with npm's nodejs-polars (Rust).  polars.js read FILE; polars.js write FORM FILE.
'use strict'
const pl = require('nodejs-polars'), fs = require('fs'), data = require('./data.js')

function read(path) {
    const bytes = fs.readFileSync(path)
    let df = path.endsWith('.arrow') ? pl.readIPC(bytes) : pl.readIPCStream(bytes)
    // integers of 64 bits leave as text, so that none passes through a double
    df = df.withColumns(pl.col('ts').cast(pl.Int64).cast(pl.Utf8), pl.col('step').cast(pl.Utf8),
        pl.col('expiry').cast(pl.Int32), pl.col('symbol').cast(pl.Utf8), pl.col('type').cast(pl.Utf8))
    process.stdout.write(df.toRecords().map(data.line).join('\n') + '\n')
}

function write(form, path) {
    const rows = data.make(), column = (name, type) => pl.Series(name, rows.map(r => r[name]), type)
    // 64-bit integers go in as text: the interface takes no BigInt
    const integers = name => pl.Series(name, rows.map(r => r[name] === null ? null : String(r[name])), pl.Utf8).cast(pl.Int64)
    const text = ['symbol', 'type', 'labels', 'note']
    let df = pl.DataFrame(Object.keys(data.columns).map(name => {
        if (text.includes(name)) return column(name, pl.Utf8)
        if (name === 'expiry') return column(name, pl.Int32).cast(pl.Date)
        if (name === 'ts') return integers(name).cast(pl.Datetime('ns', 'UTC'))
        if (name === 'step') return integers(name)
        if (name === 'inverse') return column(name, pl.Bool)
        return column(name, pl.Float64)
    }))
    if (form.includes('categorical'))       // dictionary<u32, large utf8>
        df = df.withColumns(...text.map(n => pl.col(n).cast(pl.Categorical)))
    const compression = form.includes('zstd') ? 'zstd' : form.includes('lz4') ? 'lz4' : 'uncompressed'
    if (form.includes('file'))
        df.writeIPC(path, { compression })
    else
        df.writeIPCStream(path, { compression })
}

if (process.argv[2] === 'read')
    read(process.argv[3])
else
    write(process.argv[3], process.argv[4])
