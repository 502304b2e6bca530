import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ALMANAC_FOLDER, almanacFiles, GATHERED } from './almanac-files.ts'

/** Writes the almanac anew: `npm run almanac`. What was gathered stays; any other file that is no page any more goes. */
const files = almanacFiles()
mkdirSync(ALMANAC_FOLDER, { recursive: true })
for (const name of readdirSync(ALMANAC_FOLDER)) {
  if (!GATHERED.some((kept) => kept === name)) rmSync(join(ALMANAC_FOLDER, name), { recursive: true })
}
for (const { path, text } of files) {
  const file = join(ALMANAC_FOLDER, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
