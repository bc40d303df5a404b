import express from 'express'
import SQLite from 'better-sqlite3'

/** The least that a server of comments can be: Express, better-sqlite3 and one table. Plain JavaScript, so that nothing translates it. */
const [file, port] = process.argv.slice(2)
const db = new SQLite(file)
db.pragma('journal_mode = WAL')
db.exec('CREATE TABLE IF NOT EXISTS comment (id TEXT PRIMARY KEY, body TEXT)')
const count = db.prepare('SELECT count(*) AS n FROM comment')
const app = express()
app.get('/readyz', (_req, res) => res.json(count.get()))
app.listen(Number(port), '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
