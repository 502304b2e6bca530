import { mkdirSync, writeFileSync } from 'node:fs'
import { JSON_SCHEMAS } from './json-schemas.ts'

/** Writes the JSON Schemas: `node reports/write-schemas.ts`. */
const folder = new URL('./schemas/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [file, text] of Object.entries(JSON_SCHEMAS)) writeFileSync(new URL(file, folder), text)
