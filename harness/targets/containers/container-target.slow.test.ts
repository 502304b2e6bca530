import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { operation } from '../../../model/index.ts'
import {
  leasecheck,
  removeTemporaryFolders,
  start,
  survivors,
  temporaryFolder,
  untilResults,
} from '../../cli/child-command.ts'
import { restDriver } from '../../drivers/rest.ts'
import { startContainers } from './container-target.ts'
import { type Engine, findEngine } from './engine.ts'
import { imageNamed } from './image.ts'

/**
 * An image that holds Azurite as its official images do, and a Node with leasecheck. `.ci/private-docker` makes one and starts
 * an engine; elsewhere there is none, and nothing here is run.
 */
const IMAGE = process.env.LEASECHECK_TEST_IMAGE ?? ''
/** The same under a name that promises nothing. */
const OTHER = 'leasecheck-test/server:1'
const [OTHER_NAME, OTHER_TAG] = OTHER.split(':') as [string, string]
/** Starting a container takes seconds where two cores have much else to do. */
const MINUTES = 60_000
const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'

describe.skipIf(IMAGE === '')('a container as target', { timeout: 4 * MINUTES }, () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await findEngine()
    await engine.runtime.container.dockerode.getImage(IMAGE).tag({ repo: OTHER_NAME, tag: OTHER_TAG })
  })
  afterEach(async () => {
    const left = await containers()
    const { dockerode } = engine.runtime.container
    await Promise.all(left.map(({ Id }) => dockerode.getContainer(Id).remove({ force: true, v: true })))
    expect(left.map(({ Image, Status }) => [Image, Status])).toEqual([])
  })
  afterAll(removeTemporaryFolders)

  const containers = () => engine.runtime.container.dockerode.listContainers({ all: true })
  /** Logs that are kept go to the folder of the run, and with it. */
  const placeFor = (cwd: string) => ({ cwd, limitMs: MINUTES, env: { TMPDIR: cwd } })
  const run = (image: string, ...args: readonly string[]) =>
    leasecheck(['run', `container:${image}`, ...args], placeFor(temporaryFolder()))

  test('gets the same verdict as the embedded Azurite of its version, to the byte', async () => {
    const [inside, embedded] = [temporaryFolder(), temporaryFolder()]
    const args = ['--stable-output', '--seed', '7']
    const options = { limitMs: 3 * MINUTES }
    const one = await leasecheck(['run', `container:${IMAGE}`, ...args], { cwd: inside, ...options })
    const other = await leasecheck(['run', ...args], { cwd: embedded, ...options })
    expect([one.status, other.status]).toEqual([0, 0])
    for (const name of ['results.ndjson', 'cells.json', 'summary.md', 'junit.xml']) {
      const [text, wanted] = [inside, embedded].map((cwd) =>
        readFileSync(join(cwd, 'leasecheck-results', name), 'utf8'),
      )
      expect(text!.length).toBeGreaterThan(1000)
      expect(withoutPlace(text!)).toBe(withoutPlace(wanted!))
    }
    expect(readFileSync(join(inside, 'leasecheck-results', 'results.ndjson'), 'utf8')).toContain(`container:${IMAGE}`)
  })

  test('keeps the instant of each request: 15 s pass in no time', async () => {
    const target = await startContainers(imageNamed(IMAGE)!, OPTIONS)
    const driver = restDriver({ endpoint: target.endpoints[0]!, apiVersion: OPTIONS.apiVersion })
    try {
      expect(target).toMatchObject({ name: 'azurite', version: IMAGE.split(':')[1], clock: 'virtual' })
      const startMs = Date.UTC(2030, 0, 1)
      const names = new Map([['box', 'clockbox']])
      await driver.prepare([{ name: 'box', kind: 'container', condition: 'present' }], names, startMs)
      await driver.perform(
        operation('acquire', 'box', { duration: '15', proposedLeaseId: A }),
        'container',
        names,
        startMs,
      )
      const stateAt = async (instant: number) => {
        const read = operation('getContainerProperties', 'box')
        return (await driver.perform(read, 'container', names, instant)).answer?.headers['x-ms-lease-state']
      }
      expect(await stateAt(startMs + 14_999)).toBe('leased')
      expect(await stateAt(startMs + 15_000)).toBe('expired')
    } finally {
      await driver.close()
      await target.close()
    }
  })

  test('is replaced by a fresh one, and says nothing when it is closed', async () => {
    const target = await startContainers(imageNamed(IMAGE)!, OPTIONS)
    const deaths: string[] = []
    target.onDeath((reason) => deaths.push(reason))
    const before = (await engine.runtime.container.list()).map(({ Id }) => Id)
    const [endpoint] = await target.restart!()
    expect(endpoint!.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/devstoreaccount1$/)
    const after = (await engine.runtime.container.list()).map(({ Id }) => Id)
    expect(after).toHaveLength(1)
    expect(before).not.toEqual(after)
    await target.close()
    expect(deaths).toEqual([])
  })

  test('that dies ends the run, and its last words are told', async () => {
    const cwd = temporaryFolder()
    const running = start(['run', `container:${IMAGE}`, ...FEW], placeFor(cwd))
    await untilResults(cwd)
    const [container] = await engine.runtime.container.list()
    await engine.runtime.container.dockerode.getContainer(container!.Id).kill()
    const { status, stderr } = await running.ended
    expect(stderr).toContain(`the container of ${IMAGE} (${container!.Id.slice(0, 12)}) ended with status 137`)
    expect(status).toBe(3)
  })

  describe('of any image', () => {
    test('runs on the clock of its own, if its port and command are given', async () => {
      const azurite =
        'azurite --blobHost 0.0.0.0 --inMemoryPersistence --silent --skipApiVersionCheck --disableTelemetry'
      const { status, stdout } = await run(
        OTHER,
        '--port',
        '10000',
        '--command',
        azurite,
        ...FEW,
        '--only',
        'renew available',
      )
      expect(stdout).toMatch(/^leasecheck .* checks the leases of azurite 3\./)
      expect(stdout).toMatch(/^ +clock +wall/m)
      expect(status).toBe(0)
    })

    test('runs on virtual time if it honours the header', async () => {
      const serve = 'node /opt/leasecheck/harness/cli/main.ts serve --host 0.0.0.0'
      const header = ['--clock', 'header', '--port', '10000', '--command', serve]
      const { status, stdout } = await run(OTHER, ...header, ...FEW, '--only', 'renew expired')
      expect(stdout).toContain(OTHER)
      expect(stdout).not.toContain('Known divergences')
      expect(status).toBe(0)
    })

    test('is refused if it does not honour the header', async () => {
      const deaf = `node -e 'delete process.env.NODE_OPTIONS; require("child_process").spawn("azurite", ["--blobHost", "0.0.0.0", "--disableTelemetry"])'`
      const { status, stderr } = await run(OTHER, '--clock', 'header', '--port', '10000', '--command', deaf, ...FEW)
      expect(stderr).toContain('does not honour x-leasecheck-now')
      expect(status).toBe(3)
    })

    test('that is no storage server gives exit status 3, and its log is kept', async () => {
      const page = `node -e 'require("http").createServer((_, r) => { console.log("asked"); r.end("<html>") }).listen(80)'`
      const { status, stderr } = await run(OTHER, '--port', '80', '--command', page, ...FEW)
      expect(stderr).toContain('is not a storage server')
      const log = /^its log is kept in (.+)$/m.exec(stderr)![1]!
      expect(readFileSync(log, 'utf8')).toContain('asked')
      expect(status).toBe(3)
    })

    test('that ends by itself gives exit status 3 and its last words', async () => {
      const end = `node -e 'console.error("no disk"); process.exitCode = 7'`
      const { status, stderr, durationMs } = await run(OTHER, '--port', '80', '--command', end, ...FEW)
      expect(stderr).toContain(`the container of ${OTHER} ended with status 7 before it answered; it said:\nno disk`)
      expect(status).toBe(3)
      expect(durationMs).toBeLessThan(30_000)
    })

    test('that cannot be started or fetched gives exit status 3 and one sentence', async () => {
      const missing = await run(OTHER, '--port', '80', '--command', 'no-such-program', ...FEW)
      expect(missing.stderr).toMatch(/^leasecheck: the image .* cannot be started: .*no-such-program.*\n$/)
      const offline = await run('leasecheck-test/missing:1', '--port', '80', '--offline')
      expect(offline.stderr).toMatch(/^leasecheck: the image .* is not here and --offline forbids fetching it.*\n$/)
      const online = await run('leasecheck-test/missing:1', '--port', '80')
      expect(online.stderr).toMatch(/fetching .*\nleasecheck: the image .* cannot be fetched \(.*\).*\n$/)
      expect([missing.status, offline.status, online.status]).toEqual([3, 3, 3])
    })
  })

  describe('and Ctrl-C', () => {
    test('in the middle of a run', async () => {
      const cwd = temporaryFolder()
      const running = start(['run', `container:${IMAGE}`, '--processes', '2', ...FEW], placeFor(cwd))
      await untilResults(cwd)
      process.kill(running.pid, 'SIGINT')
      expect((await running.ended).status).toBe(130)
      expect(await survivors(running)).toEqual([])
    })

    test.each([0, 300, 1000])('%d ms after the first container was made', async (afterMs) => {
      const running = start(['run', `container:${IMAGE}`, '--processes', '2', ...FEW], placeFor(temporaryFolder()))
      let hasEnded = false
      void running.ended.then(() => {
        hasEnded = true
      })
      while (!hasEnded && (await containers()).length === 0) await sleep(20)
      expect(hasEnded).toBe(false)
      await sleep(afterMs)
      process.kill(running.pid, 'SIGINT')
      const { status, stderr } = await running.ended
      expect(stderr).toContain('leasecheck: interrupted')
      expect(status).toBe(130)
    })
  })
})

/** What keeps a run short. */
const FEW = ['--kinds', 'container']

const OPTIONS = {
  processes: 1,
  port: undefined,
  account: undefined,
  key: undefined,
  clock: undefined,
  apiVersion: '2025-11-05',
} as const

/** Results without what says where they come from: how to repeat a scenario there. */
function withoutPlace(text: string): string {
  return text.replaceAll(`,"repeat":["container:${IMAGE}"]`, '').replaceAll(` container:${IMAGE}`, '')
}
