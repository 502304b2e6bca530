/** For tests: a driver that calls no library and does one thing wrong, named by its argument. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

interface Message {
  readonly seq: number
  readonly do: string
}
/** What is written for a message: objects as JSON, texts as they stand. */
type Answering = (message: Message) => readonly (object | string)[]

const HELLO = {
  protocol: 1,
  driver: 'fake',
  language: 'no language 1.0',
  packages: [{ name: 'nothing', version: '0.0.0' }],
  apiVersion: '2023-11-03',
  inFlight: 4,
  calls: { 'blob.acquire': { duration: 'required', proposedLeaseId: 'optional' }, putBlob: {} },
}

const RIGHT: Readonly<Record<string, Answering>> = {
  hello: ({ seq }) => [{ seq, ...HELLO }],
  connect: ({ seq }) => [{ seq, connected: true }],
  call: ({ seq }) => [{ seq, returned: {} }],
}

/** Answers line by line, and ends with standard input. */
function serve(odd: Readonly<Record<string, Answering>> = {}): void {
  const answering: Readonly<Record<string, Answering>> = {
    ...RIGHT,
    stop: () => process.exit(0),
    forget: () => [],
    ...odd,
  }
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    const message = JSON.parse(line) as Message
    for (const each of answering[message.do]!(message)) write(each)
  })
  lines.on('close', () => process.exit(0))
}

function write(what: object | string): void {
  process.stdout.write(`${typeof what === 'string' ? what : JSON.stringify(what)}\n`)
}

function livesOn(): void {
  setInterval(() => {}, 1_000)
}

const nothing: Answering = () => []
const waiting: Message[] = []
function answerBackwards(): void {
  for (const { seq } of waiting.splice(0).reverse()) write({ seq, returned: { etag: `of ${seq}` } })
}

function ignoreTheEnd(answering: Readonly<Record<string, Answering>>): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {})
  process.stdin.on('data', (lines) => {
    for (const line of String(lines).trim().split('\n')) {
      const message = JSON.parse(line) as Message
      for (const each of (answering[message.do] ?? nothing)(message)) write(each)
    }
  })
  livesOn()
}

const BEHAVIOURS: Readonly<Record<string, () => void>> = {
  right: serve,
  'crashes at the start': () => {
    process.stderr.write('ModuleNotFoundError: no module named azure\n')
    process.exit(7)
  },
  'ends early': () => process.exit(0),
  'crashes in a call': () =>
    serve({
      call: () => {
        throw new Error('the SDK is broken')
      },
    }),
  'dies in the middle of a line': () =>
    serve({
      call: () => {
        process.stdout.write('{"seq":', () => process.kill(process.pid, 'SIGKILL'))
        return []
      },
    }),
  'hangs at hello': () => serve({ hello: nothing }),
  'hangs in a call': () => serve({ call: nothing }),
  'stops reading': () => {
    process.stdin.once('data', (line) => {
      for (const each of RIGHT.hello!(JSON.parse(String(line)))) write(each)
      process.stdin.pause()
      livesOn()
    })
  },
  'closes its output': () =>
    serve({
      call: () => {
        process.stdout.destroy()
        livesOn()
        return []
      },
    }),
  'writes what is no JSON': () => serve({ hello: () => ['Welcome to my driver!'] }),
  'writes JSON that is no object': () => serve({ call: () => ['42'] }),
  'answers without a number': () => serve({ call: () => [{ returned: {} }] }),
  'answers another number': () => serve({ call: () => [{ seq: 999, returned: {} }] }),
  'answers twice': () =>
    serve({
      call: ({ seq }) => [
        { seq, returned: {} },
        { seq, returned: {} },
      ],
    }),
  'answers in another order': () =>
    serve({
      call: (message) => {
        waiting.push(message)
        if (waiting.length > HELLO.inFlight) return [{ seq: message.seq, failed: 'too many calls at once' }]
        // A moment later, so that one call too many would be noticed.
        if (waiting.length === HELLO.inFlight) setTimeout(answerBackwards, 100)
        return []
      },
    }),
  'answers in pieces': () =>
    serve({
      call: ({ seq }) => {
        const bytes = Buffer.from(`\r\n${JSON.stringify({ seq, returned: { etag: 'ä€😀' } })}\r\n`)
        for (const byte of bytes) process.stdout.write(Buffer.of(byte))
        return []
      },
    }),
  'speaks an older protocol': () => serve({ hello: ({ seq }) => [{ seq, ...HELLO, protocol: 0 }] }),
  'speaks a newer protocol': () => serve({ hello: ({ seq }) => [{ seq, protocol: 2, about: { driver: 'fake' } }] }),
  'says hello in another shape': () => serve({ hello: ({ seq }) => [{ seq, ...HELLO, apiVersion: 'the newest' }] }),
  'has no calls': () => serve({ hello: ({ seq }) => [{ seq, ...HELLO, calls: {} }] }),
  'has calls that nobody knows': () =>
    serve({ hello: ({ seq }) => [{ seq, ...HELLO, calls: { 'blob.acquier': {}, uploadBlob: {} } }] }),
  'has calls of another service only': () =>
    serve({ hello: ({ seq }) => [{ seq, ...HELLO, calls: { getFileProperties: {} } }] }),
  'answers in another shape': () => serve({ call: ({ seq }) => [{ seq, returned: { etag: 5 } }] }),
  'misspells a field': () => serve({ call: ({ seq }) => [{ seq, retruned: {} }] }),
  'does not say how it ended': () => serve({ call: ({ seq }) => [{ seq }] }),
  'says that it ended both ways': () =>
    serve({ call: ({ seq }) => [{ seq, returned: {}, raised: { error: 'Error', because: 'client' } }] }),
  'writes without an end of line': () =>
    serve({
      call: () => {
        setInterval(() => process.stdout.write('x'.repeat(100_000)), 1)
        return []
      },
    }),
  'gives up': () => serve({ call: ({ seq }) => [{ seq, failed: 'there is no disk space' }] }),
  'writes megabytes to standard error': () =>
    serve({
      call: ({ seq }) => {
        for (let line = 0; line < 80_000; line++) process.stderr.write(`${'x'.repeat(99)}\n`)
        return [{ seq, returned: {} }]
      },
    }),
  'ignores the end': () => ignoreTheEnd(RIGHT),
  'hangs and ignores the end': () => ignoreTheEnd({ ...RIGHT, call: nothing }),
  'ignores everything': () => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {})
    livesOn()
  },
  'leaves a process behind': () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    process.stderr.write(`pid ${child.pid}\n`)
    serve()
  },
  'lies about success': () =>
    serve({
      call: ({ seq }) => {
        const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
        return [{ seq, returned: { status: '201', 'x-ms-lease-id': id }, lease: { before: { id }, after: { id } } }]
      },
    }),
  'lies about failure': () =>
    serve({
      call: ({ seq }) => [
        { seq, raised: { error: 'HttpError', because: 'service', status: 409, code: 'LeaseAlreadyPresent' } },
      ],
    }),
  'says that nobody answered': () =>
    serve({ call: ({ seq }) => [{ seq, raised: { error: 'ConnectionError', because: 'connection' } }] }),
}

const name = process.argv.slice(2).join(' ')
const behave = BEHAVIOURS[name]
if (behave === undefined)
  throw new Error(`no behaviour is called ${name}; there are: ${Object.keys(BEHAVIOURS).join(', ')}`)
process.stderr.write(`pid ${process.pid}\n`)
behave()
