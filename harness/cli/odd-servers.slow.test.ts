import { afterAll, expect, test } from 'vitest'
import { ODDITIES, type Oddity, oddServer } from '../targets/probing/testing/odd-server.ts'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

/** The longest takes more than a minute and a half: nine requests are never answered, each for ten seconds. */
const LIMIT_MS = 150_000

/** Servers that look like one until they are asked for more: what they do is a divergence, or proves nothing. */
const DIVERGE: readonly Oddity[] = [
  'a list, then 201 to everything',
  'a list, then 200 to everything',
  'a list, then 404 to everything',
]
const MESSAGES: Readonly<Partial<Record<Oddity, RegExp>>> = {
  '201 to everything': /is not a storage server: it gave 201/,
  '404 to everything': /is not a storage server: it gave 404/,
  'a web page': /is not a storage server: it gave 200 text\/html/,
  garbage: /is not a storage server: it does not speak HTTP/,
  nothing: /did not answer within 10 s/,
  'a closed connection': /nothing answers at/,
  'a slow drip': /did not answer within 10 s/,
  'a list, then a closed connection': /never answered/,
}

test.concurrent.for(ODDITIES)(
  'a server that gives %s is never green',
  { timeout: LIMIT_MS + 10_000 },
  async (oddity) => {
    const { status, stdout, stderr } = await ranAgainst(oddity, 'wall')
    const isProof = DIVERGE.includes(oddity)
    expect({ status, stdout, stderr }).toMatchObject({ status: isProof ? 1 : 3 })
    if (MESSAGES[oddity] !== undefined) expect(stderr + stdout).toMatch(MESSAGES[oddity])
    if (isProof) expect(stdout).toMatch(/(blob|container)\.implements\./)
  },
)

test.concurrent.for(['201 to everything', ...DIVERGE] as const)(
  'a server that gives %s keeps no virtual time, whatever its answers carry',
  async (oddity) => {
    const { status, stdout, stderr } = await ranAgainst(oddity, 'header')
    expect({ status, stdout, stderr }).toMatchObject({ status: 3 })
  },
)

async function ranAgainst(oddity: Oddity, clock: 'wall' | 'header') {
  const server = await oddServer(oddity)
  try {
    const small = ['--kinds', 'blob', '--only', 'acquire available', '--runs', '0', '--yes']
    const args = ['run', server.url, '--clock', clock, ...small]
    const ended = await leasecheck(args, { cwd: temporaryFolder(), limitMs: LIMIT_MS })
    expect(ended.stderr).not.toContain('leasecheck itself failed')
    return ended
  } finally {
    server.close()
  }
}

test('nobody there: exit 3, in one sentence', async () => {
  const server = await oddServer('nothing')
  server.close()
  const { status, stdout, stderr } = await leasecheck(['run', server.url], { cwd: temporaryFolder() })
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toMatch(/^leasecheck: nothing answers at 127\.0\.0\.1:\d+ .*: is the server running/)
})
