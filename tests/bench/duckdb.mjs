// duckdb.mjs REPEAT QUERY [SETUP…] - a query in DuckDB with one thread.
//
// To stdout: a line with the best seconds of the query alone (no start, no setup) and the peak resident set in KiB, then the
// rows as CSV.  Status 77 where npm's @duckdb/node-api is not installed (scripts/deps bench).
let duckdb;
try {
    duckdb = await import('./node/node_modules/@duckdb/node-api/lib/index.js');
} catch {
    console.error('npm package @duckdb/node-api is not installed');
    process.exit(77);
}
const [repeat, query, ...setup] = process.argv.slice(2);
const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
for (const statement of setup) await connection.run(statement);

let best = Infinity, rows;
for (let i = 0; i < Number(repeat); i++) {
    const start = process.hrtime.bigint();
    rows = (await connection.runAndReadAll(query)).getRows();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
}
console.log(best, process.resourceUsage().maxRSS);
for (const row of rows) console.log(row.map(String).join(','));
