import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAzurite } from '../targets/azurite.ts'
import { startReference } from '../targets/reference.ts'
import type { Target } from '../targets/target.ts'
import { leasecheck, removeTemporaryFolders, resultsIn, start, survivors, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const cwd = temporaryFolder()
writeFileSync(join(cwd, 'file'), 'in the way')
writeFileSync(join(cwd, 'damaged.json'), '{ "format": ')
writeFileSync(join(cwd, 'foreign.json'), '{ "name": "somebody else\'s" }')
writeFileSync(join(cwd, 'damaged.ndjson'), '{"event":"header","format":"leasecheck-results"\n{}\n')
writeFileSync(join(cwd, 'tokens.txt'), '# mine\nlc1/blob/break\nlc1/blob/dance\n')
writeFileSync(join(cwd, 'empty.txt'), '\n')
mkdirSync(join(cwd, 'empty'))

/** One sentence of the command's own, on a line, and nothing else; no trace of where in our code it came from. */
function expectOneLine(stderr: string, saying: string | RegExp): void {
  expect(stderr).toMatch(/^leasecheck: .*\n$/)
  expect(stderr).toMatch(saying)
  expect(stderr).not.toMatch(/\.ts:|\.js:/)
}

describe('wrong usage ends with 2 and says what to change', () => {
  const cases: readonly (readonly [args: string, saying: string | RegExp])[] = [
    ['run nowhere', 'there is no target "nowhere": expected azurite'],
    ['run --list nowhere', 'there is no target "nowhere": expected azurite'],
    ['run azurite@latest', 'there is no target "azurite@latest"'],
    ['run --nope', "unknown option '--nope'; see leasecheck run --help"],
    ['dance', "unknown command 'dance'; see leasecheck --help"],
    ['run one two', 'too many arguments'],
    ['run --kinds table', '"table" is no kind; there are'],
    ['run --seed -1', 'a whole number from 0'],
    ['run --budget 30', 'a span of time such as 30s'],
    ['run --budget 3s --only renew', 'drop one of the two'],
    ['run --shard 9/8', 'expected a shard such as 3/8, the third of eight, from 1/8 to 8/8'],
    ['run --shard 0/8', 'from 1/8 to 8/8'],
    ['run --shard 3/8 --update-baseline', 'give it to leasecheck merge once all shards have run'],
    ['run --shard 3/8 --seed random', 'all shards of a run need the same seed'],
    ['run --shard 3/8 --only gaps', 'run it whole, without --shard'],
    ['merge nowhere', 'nowhere does not exist'],
    ['merge empty', 'there is no results.ndjson in empty'],
    ['merge', "missing required argument 'results'"],
    ['merge damaged.ndjson', 'damaged.ndjson, line 1: it is damaged'],
    ['run --clock sundial', 'Allowed choices are header, wall'],
    ['run --clock wall', 'an embedded Azurite runs on virtual time'],
    ['run --only quux', 'contains all of these words: quux'],
    ['run --baseline nowhere.json', 'the baseline nowhere.json cannot be read (ENOENT)'],
    ['run --baseline damaged.json', 'the baseline damaged.json is not JSON'],
    ['run --baseline foreign.json', /the baseline foreign.json: .*leasecheck-baseline/],
    ['run --out file', 'results cannot be written to file (EEXIST); give another folder with --out'],
    ['replay lc1/bl', /"bl" is no world: expected blob/],
    ['replay lc1/constructor/break', '"constructor" is no world'],
    ['replay lc1/blob/wait,5000ms', 'asks for no operation'],
    ['replay lc1/blob/acqu', 'step 1 is "acqu", which is no operation: expected wait, acquire'],
    ['replay lc9/blob/acquire,duration=15', 'made by another version'],
    ['replay hello', '"hello" is neither a replay token nor a file that exists'],
    ['replay damaged.ndjson', 'damaged.ndjson, line 1: it is damaged'],
    ['replay tokens.txt', 'tokens.txt, line 3: step 1 is "dance"'],
    ['replay empty.txt', 'empty.txt holds no replay token'],
    ['replay .', '. cannot be read (EISDIR)'],
    ['explain quux', 'nothing is known that has all of these words: quux'],
    ['run http://', 'is no URL of a server'],
    ['run http://127.0.0.1:1/somebody', 'account somebody needs a credential: set AZURE_STORAGE_CONNECTION_STRING'],
    ['run http://127.0.0.1:1/somebody --key ???', 'the account key is not base64'],
    ['run http://127.0.0.1:1/somebody?sig=s3cret --key YQ==', 'the URL carries a SAS and --key is another credential'],
    ['run http://127.0.0.1:1/somebody --key YQ== --file-url nowhere', 'nowhere is no URL of a server'],
    [
      'run http://127.0.0.1:1/a --key YQ== --file-url http://127.0.0.1:2/a?sig=s3cret',
      '--file-url carries a SAS; leave it out there',
    ],
    ['run http://127.0.0.1:1/a --kinds blob,share,file', /has no share and file: add --file-url, the URL/],
    ['run --list http://127.0.0.1:1/a --kinds file', 'has no file: add --file-url'],
    ['replay lc1/share/break http://127.0.0.1:1/a', 'has no share: add --file-url'],
    ['run --kinds share', 'azurite has no share: take the target reference'],
    [
      'run --file-url http://127.0.0.1:1/a',
      '--file-url belongs to a server given by URL; leave it out for the target azurite',
    ],
  ]
  test.concurrent.each(cases)('%s', async (args, saying) => {
    const { status, stdout, stderr } = await leasecheck(args.split(' '), { cwd })
    expectOneLine(stderr, saying)
    expect(stderr).not.toContain('s3cret')
    expect({ status, stdout: stdout.replace(/^leasecheck .* checks the leases[\s\S]*/, '') }).toEqual({
      status: 2,
      stdout: '',
    })
  })

  test('a port that is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as AddressInfo
    const { status, stderr } = await leasecheck(['run', '--port', String(port)], { cwd })
    holder.close()
    expectOneLine(stderr, `port ${port} is in use`)
    expect(status).toBe(2)
  })

  test.skipIf(process.platform !== 'linux')('a disk that is full', async () => {
    const folder = join(cwd, 'full')
    mkdirSync(folder)
    symlinkSync('/dev/full', join(folder, 'results.ndjson'))
    const args = ['run', '--kinds', 'blob', '--only', 'renew expired', '--processes', '1', '--out', 'full']
    const { status, stderr } = await leasecheck(args, { cwd })
    expectOneLine(stderr, 'results cannot be written to full (ENOSPC)')
    expect(status).toBe(2)
  })
})

describe('a target that cannot be used ends with 3 and says why', () => {
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  const children: ChildProcess[] = []
  afterAll(() => {
    for (const socket of sockets) socket.destroy()
    for (const server of servers.splice(0)) server.close()
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  async function listening(server: Server): Promise<string> {
    servers.push(server)
    server.on('connection', (socket: Socket) => sockets.add(socket))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/devstoreaccount1`
  }

  const answering = (answer: RequestListener) => () => createHttpServer(answer)
  const impostors: readonly (readonly [name: string, server: () => Server, saying: string])[] = [
    [
      'is a web site',
      answering((_, to) => to.writeHead(200, { 'content-type': 'text/html' }).end('<html>')),
      'is not a storage server: it gave 200 text/html',
    ],
    ['gives 201 to everything', answering((_, to) => to.writeHead(201).end()), 'is not a storage server: it gave 201'],
    ['gives 404 to everything', answering((_, to) => to.writeHead(404).end()), 'is not a storage server: it gave 404'],
    ['gives 500 to everything', answering((_, to) => to.writeHead(500).end()), 'fails to list containers: it gave 500'],
    ['talks without end', answering((_, to) => void pour(to)), 'is not a storage server: it gave 200'],
    [
      'speaks something else',
      () => createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')),
      'it does not speak HTTP',
    ],
    ['hangs up', () => createServer((socket) => socket.destroy()), 'nothing answers at'],
    ['never answers', () => createServer(() => {}), 'did not answer within 10 s'],
  ]
  test.concurrent.each(impostors)('one that %s', async (_, server, saying) => {
    const url = await listening(server())
    const { status, stdout, stderr, durationMs } = await leasecheck(['run', url], { cwd })
    expectOneLine(stderr, saying)
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(durationMs).toBeLessThan(20_000)
  })

  test('one where nothing listens', async () => {
    for (const command of [['run'], ['replay', 'lc1/blob/break']]) {
      const { status, stdout, stderr } = await leasecheck([...command, 'http://127.0.0.1:1/devstoreaccount1'], { cwd })
      expectOneLine(stderr, 'nothing answers at 127.0.0.1:1')
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    }
  })

  test('one that ignores the virtual clock, before anything is written to it', async () => {
    const main = join(dirname(createRequire(import.meta.url).resolve('azurite/package.json')), 'dist/src/blob/main.js')
    const args = ['--inMemoryPersistence', '--silent', '--skipApiVersionCheck', '--blobPort', '0']
    const plain = spawn(process.execPath, ['--no-warnings', main, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
    children.push(plain)
    let said = ''
    for await (const chunk of plain.stdout) {
      said += String(chunk)
      if (said.includes('successfully listens')) break
    }
    const url = `${/listens on (\S+)/.exec(said)![1]}/devstoreaccount1`
    const { status, stdout, stderr } = await leasecheck(['run', url, '--clock', 'header'], { cwd })
    expectOneLine(stderr, 'does not honour x-leasecheck-now')
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  })

  describe('with credentials', () => {
    let target: Target
    beforeAll(async () => {
      target = await startAzurite({ processes: 1 })
    })
    afterAll(() => target.close())

    test.each([
      ['a wrong key', ['--key', 'd3Jvbmc=']],
      ['an account that is not there', ['--account', 'nobody', '--key', 'd3Jvbmc=']],
    ])('%s', async (_, credentials) => {
      const { status, stderr } = await leasecheck(['run', target.endpoints[0]!.url, ...credentials], { cwd })
      expectOneLine(stderr, /: 40[0-9] \w+; check --account and --key/)
      expect(stderr).not.toContain('d3Jvbmc=')
      expect(status).toBe(3)
    })
  })
})

describe('a server given by two URLs', () => {
  let target: Target
  beforeAll(async () => {
    target = await startReference()
  })
  afterAll(() => target.close())

  test('has all four kinds, and what repeats a scenario on it names both', async () => {
    const { url, fileUrl } = target.endpoints[0]!
    const args = [url, '--file-url', fileUrl!, '--clock', 'header']
    const { status } = await leasecheck(['run', ...args, '--only', 'release leased'], { cwd })
    const { header, footer } = resultsIn(cwd)
    expect(header).toMatchObject({ kinds: ['blob', 'container', 'share', 'file'], repeat: args })
    expect(footer).toMatchObject({ complete: true, exitStatus: 0 })
    expect(status).toBe(0)
    const token = 'lc1/file/acquire,duration=-1/break/getFileProperties'
    const replayed = await leasecheck(['replay', token, ...args], { cwd })
    expect(replayed.stdout).toContain('agrees with the model')
    expect(replayed.status).toBe(0)
  })

  test('which are the wrong way round ends with 3 and says which is which', async () => {
    const { url, fileUrl } = target.endpoints[0]!
    for (const [first, second] of [
      [fileUrl!, url],
      [url, url],
    ] as const) {
      const { status, stdout, stderr } = await leasecheck(['run', first, '--file-url', second], { cwd })
      expectOneLine(stderr, /is a (?:file|blob) service where a (?:blob|file) service was expected/)
      expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    }
  })

  test('of which one is dead ends with 3 and names it', async () => {
    const { url } = target.endpoints[0]!
    const args = ['run', url, '--file-url', 'http://127.0.0.1:1/devstoreaccount1']
    const { status, stderr } = await leasecheck(args, { cwd })
    expectOneLine(stderr, 'nothing answers at 127.0.0.1:1')
    expect(status).toBe(3)
  })
})

describe('whatever goes wrong', () => {
  test('an error of our own ends with 4, never with 1, and asks for a report', async () => {
    for (const how of ['throw new Error("oops")', 'Promise.reject(new Error("oops"))']) {
      const preload = `data:text/javascript,setTimeout(()=>{${how}},300)`
      const env = { NODE_OPTIONS: `--import=${preload.replaceAll(' ', '%20').replaceAll('"', '%22')}` }
      const { status, stderr } = await leasecheck(['run'], { cwd, env })
      expect(status).toBe(4)
      expect(stderr).toMatch(/^leasecheck: leasecheck itself failed; please report this:\nError: oops\n/)
    }
  })

  test('a reader that stops reading changes nothing about the verdict', async () => {
    for (const command of [
      ['run', '--list'],
      ['run', '--kinds', 'blob', '--only', 'renew expired', '--processes', '1'],
    ]) {
      const run = start(command, { cwd, closeAfter: 10 })
      const { status, stderr } = await run.ended
      expect(stderr).not.toContain('EPIPE')
      expect(stderr).not.toContain('    at ')
      expect(status).toBe(0)
      expect(await survivors(run)).toEqual([])
    }
  })
})

describe('help', () => {
  test.concurrent.each([
    ['', 'Exit status: 0 nothing new'],
    ['run', '(default: 40)'],
    ['merge', '(default: "leasecheck-results")'],
    ['replay', '(default: "azurite")'],
    ['explain', '--json'],
    ['verify', './leasecheck-recordings.json if it is there'],
    ['serve', '(default: 10000)'],
  ])('%s says what there is, in at most 100 columns', async (command, saying) => {
    const { status, stdout, stderr } = await leasecheck([...command.split(' ').filter(Boolean), '--help'], { cwd })
    expect(stdout.replace(/\s+/g, ' ')).toContain(saying)
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('of run names a default for every option that has one', async () => {
    const { stdout } = await leasecheck(['run', '--help'], { cwd })
    const text = stdout.replace(/\s+/g, ' ')
    for (const option of [
      '--kinds',
      '--seed',
      '--runs',
      '--baseline',
      '--out',
      '--processes',
      '--account',
      '--key',
      '--file-url',
      '--port',
      '--clock',
      '--api-version',
    ])
      expect(text).toMatch(new RegExp(`${option} <[^(]*\\((?:[^()]*choices[^()]*)?default:|${option} <.*?default: `))
  })

  test('--version', async () => {
    const { status, stdout } = await leasecheck(['--version'], { cwd })
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(status).toBe(0)
  })
})

async function pour(to: NodeJS.WritableStream & { destroyed?: boolean }): Promise<void> {
  to.on('error', () => {})
  while (!to.destroyed) {
    to.write('x'.repeat(65_536))
    await sleep(1)
  }
}
