import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RETRIES, type Retries } from '../../reports/retries.ts'

/** The drivers in the order in which people look for them; others follow. */
const ORDER = ['python', 'python-aio', 'js', 'go']

/**
 * What client libraries do when requests and answers get lost, of all results that are kept in a folder.
 * @throws Error if a file is damaged.
 */
export function knownRetries(folder: string): readonly Retries[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  const all = files.map((name) => RETRIES.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
  const rank = ({ driver }: Retries) => (ORDER.indexOf(driver) + ORDER.length + 1) % (ORDER.length + 1)
  return all.sort((a, b) => rank(a) - rank(b) || b.client.localeCompare(a.client, 'en', { numeric: true }))
}
