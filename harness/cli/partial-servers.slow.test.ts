import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compile } from '../../model/compiled-rules.ts'
import { explore } from '../../model/machine.ts'
import { RULES } from '../../model/rules/index.ts'
import { cellResults, outcomeAt } from '../../reports/cell-results.ts'
import { type EmptyServer, emptyServer } from '../reference/testing/empty-server.ts'
import { type AskedFor, type Bend, bentServer } from '../targets/probing/testing/bent-server.ts'
import { leasecheck, removeTemporaryFolders, resultsIn, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

let server: EmptyServer
beforeAll(async () => {
  server = await emptyServer()
})
afterAll(() => server.close())

const isBlob = ({ path }: AskedFor) => path.split('/').length > 2
const NOT_FOUND = { status: 404, headers: { 'x-ms-error-code': 'BlobNotFound' } }

const containersOnly = (asked: AskedFor): Bend => (isBlob(asked) ? NOT_FOUND : 'passes')
/** `PUT /c?restype=container&comp=lease` makes the container. */
const blobsOnly = (asked: AskedFor): Bend =>
  !isBlob(asked) && asked.query.get('comp') === 'lease'
    ? { query: new URLSearchParams({ restype: 'container' }) }
    : 'passes'

/** Runs a small selection on the reference server, some requests to which go another way. */
async function ran(bend: (asked: AskedFor) => Bend, cwd: string, ...more: readonly string[]) {
  const bent = await bentServer(new URL(server.url).origin, bend)
  try {
    const args = ['run', bent.url, '--clock', 'header', '--runs', '0', '--only', 'acquire', ...more]
    const { status, stdout } = await leasecheck(args, { cwd })
    // Long lines are wrapped where that is.
    return { status, stdout: stdout.replaceAll(/\s+/g, ' ') }
  } finally {
    bent.close()
  }
}

describe.each([
  {
    knows: 'containers only',
    bend: containersOnly,
    known: 'container',
    missing: 'blob',
    never: 'blob ',
    lacking: 'blob.implements.putBlob',
  },
  {
    knows: 'leases of blobs only',
    bend: blobsOnly,
    known: 'blob',
    missing: 'container',
    never: 'container acquire',
    lacking: 'container.implements.acquire',
  },
] as const)('a server that knows $knows', ({ bend, known, missing, never, lacking }) => {
  test('is checked for these; the rest is told, and never passed', { timeout: 100_000 }, async () => {
    const cwd = temporaryFolder()
    const { status, stdout } = await ran(bend, cwd)
    expect(status).toBe(1)
    const { events, footer } = resultsIn(cwd)
    const rules = events.flatMap((event) => (event.event === 'bucket' ? [event.rule] : []))
    expect(rules).toContain(lacking)
    expect(rules.filter((rule) => !rule.includes('.implements.'))).toEqual([])
    expect(footer!.notImplemented!.map(({ rule }) => rule).sort()).toEqual(rules.sort())
    expect(footer!.cells.unreached).toEqual([])
    expect(stdout).toMatch(/[\d,]+ of [\d,]+ cells checked, \d+ operations? not implemented/)
    const results = cellResults(join(cwd, 'leasecheck-results', 'cells.json'))
    const outcomes = [...explore(compile(RULES), known, { version: '2023-11-03' }).visits.keys()].map(
      (cell) => outcomeAt(results, cell).outcome,
    )
    expect(outcomes.filter((outcome) => outcome === 'agreed').length).toBeGreaterThan(50)
    // Not even where a refusal is what the model expects.
    const rest = [...explore(compile(RULES), missing, { version: '2023-11-03' }).visits.keys()].filter((cell) =>
      cell.startsWith(never),
    )
    expect(rest.length).toBeGreaterThan(50)
    expect(rest.filter((cell) => outcomeAt(results, cell).outcome === 'agreed')).toEqual([])
  })

  test('is as expected once its baseline says so, and says how much was checked', { timeout: 150_000 }, async () => {
    const cwd = temporaryFolder()
    await ran(bend, cwd, '--update-baseline')
    const again = await ran(bend, cwd)
    expect(again.status).toBe(0)
    expect(again.stdout).toMatch(/nothing new; \d+ known divergences?; [\d,]+ of [\d,]+ cells checked/)
    const whole = await ran(() => 'passes', cwd)
    expect(whole.status).toBe(0)
    // What --only leaves out is not asked for again.
    const told = lacking.includes('acquire') ? 'Gone: in the baseline' : 'In the baseline, but not checked'
    expect(whole.stdout).toContain(told)
  })
})

test('what shows that an operation is not implemented can be repeated', async () => {
  const bent = await bentServer(new URL(server.url).origin, blobsOnly)
  try {
    const token = 'lc1/container/acquire,proposed=A,duration=15'
    const args = ['replay', token, bent.url, '--clock', 'header', '--json']
    const { status, stdout } = await leasecheck(args, { cwd: temporaryFolder() })
    expect(status).toBe(1)
    const { steps } = JSON.parse(stdout)
    expect(steps[0].divergences[0]).toMatchObject({
      rule: 'container.implements.acquire',
      observed: '409 ContainerAlreadyExists',
    })
  } finally {
    bent.close()
  }
})
