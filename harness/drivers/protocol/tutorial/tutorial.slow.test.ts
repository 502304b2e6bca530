import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ended, leasecheck } from '../../../cli/child-command.ts'
import { blocksOf } from './testing/page-blocks.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const DRIVER = join(import.meta.dirname, 'driver.mjs')
const OUT = 'out'

/** A folder of its own from where the SDK is found, as in a project that has it installed. */
let folder: string
beforeAll(() => {
  const cache = join(ROOT, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  folder = mkdtempSync(join(cache, 'leasecheck-tutorial-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the command of the page, on the node that runs the tests. */
function run(...more: readonly string[]): Promise<Ended> {
  const args = ['run', 'reference', '--driver', 'exec:node driver.mjs', '--kinds', 'blob', ...more, '--out', OUT]
  const path = `${dirname(process.execPath)}:${process.env.PATH}`
  return leasecheck(args, { cwd: folder, env: { PATH: path }, limitMs: 150_000 })
}

/** Numbers change with every rule that is added, and versions with every release. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/[0-9][0-9,.]*/g, 'N')
}

function lines(text: string): readonly string[] {
  return withoutNumbers(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
}

/** Every line of the page has to be printed, in this order; where it has `...`, other lines may stand between. */
function expectShown(block: string, { stdout }: Ended): void {
  const printed = lines(stdout)
  let from = 0
  for (const line of lines(block).filter((each) => each !== '...' && !each.startsWith('$'))) {
    expect(printed.slice(from)).toContain(line)
    from = printed.indexOf(line, from) + 1
  }
}

test('the driver is right, and leasecheck prints what the page shows', async () => {
  cpSync(DRIVER, join(folder, 'driver.mjs'))
  const ended = await run('--only', 'break')
  expect({ status: ended.status, stderr: ended.stderr }).toMatchObject({ status: 0 })
  expectShown(blocksOf('console')[0]!, ended)
}, 200_000)

test('a driver that leaves the break period out is caught, as the page shows', async () => {
  const broken = readFileSync(DRIVER, 'utf8').replace('client.breakLease(asked.breakPeriod)', 'client.breakLease()')
  writeFileSync(join(folder, 'driver.mjs'), broken)
  const ended = await run('--only', 'break')
  expect(ended.status).toBe(1)
  expectShown(blocksOf('console')[1]!, ended)
}, 200_000)
