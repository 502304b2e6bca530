import { count } from '../../reports/counting.ts'
import { painter } from '../../reports/terminal/paint.ts'
import { documentOf } from '../../reports/verification/document.ts'
import { divergenceLines, renderVerification } from '../../reports/verification/terminal.ts'
import type { VerificationEvent, VerificationFooter } from '../../reports/verification/verification.ts'
import { type CommandEnd, startCommand } from '../proxying/command.ts'
import { environmentFor, exportLines } from '../proxying/command-environment.ts'
import { HarFile } from '../proxying/har-file.ts'
import { RunningVerdict } from '../proxying/running-verdict.ts'
import { SessionProxy } from '../proxying/session-proxy.ts'
import { sasKindOf } from '../targets/credentials/credential.ts'
import { openTarget } from '../targets/open-target.ts'
import type { Target } from '../targets/target.ts'
import { findBaseline } from './baseline-file.ts'
import { EXIT, gravest, Interrupted } from './exit.ts'
import { DEFAULT_API_VERSION } from './options.ts'
import type { ProxyFlags } from './proxy.ts'
import { coloured, remark, say } from './terminal.ts'
import { VERIFICATION_FILES, VerificationFolder } from './verification-folder.ts'
import { VERSION } from './version.ts'

/** What a session without a file is called. */
const UNRECORDED = 'session'
/** So many unexplained exchanges are listed one by one in the reports; the stream of `--out` has all. */
const MOST_LISTED = 10_000
/** How long a request that is under way at the end may still take. */
const CLOSE_LIMIT_MS = 5_000
/** How long a command may take to end by itself after its target has died. */
const END_LIMIT_MS = 5_000

/** How a session came to its end. */
type End =
  | { readonly by: 'a signal' }
  | { readonly by: 'its command'; readonly command: CommandEnd; readonly interrupted: boolean }
  | { readonly by: 'the death of its target'; readonly reason: string }

/** Stands before a target until a command, or whoever started it, ends; returns the exit status. */
export async function proxyTarget(name: string, words: readonly string[], flags: ProxyFlags): Promise<number> {
  const record = flags.record === undefined ? undefined : new HarFile(flags.record, VERSION)
  const folder = flags.out === undefined ? undefined : new VerificationFolder(flags.out)
  const signals = new Signals()
  try {
    const target = await openedTarget(name, flags, signals.opening)
    try {
      if (signals.came) throw new Interrupted()
      return await judged(target, words, { ...flags, record, folder, signals })
    } finally {
      await target.close()
    }
  } finally {
    signals.forget()
  }
}

interface Judging extends Pick<ProxyFlags, 'strict' | 'baseline' | 'out' | 'quiet'> {
  readonly record: HarFile | undefined
  readonly folder: VerificationFolder | undefined
  readonly signals: Signals
}

function openedTarget(name: string, flags: ProxyFlags, signal: AbortSignal): Promise<Target> {
  const { readyTimeout, offline = false, apiVersion = DEFAULT_API_VERSION } = flags
  return openTarget(name, {
    ...flags,
    processes: 1,
    port: flags.port,
    offline,
    apiVersion,
    readyTimeoutMs: readyTimeout,
    clock: undefined,
    onProgress: remark,
    signal,
  })
}

async function judged(target: Target, words: readonly string[], judging: Judging): Promise<number> {
  const beganMs = performance.now()
  const { record, folder, signals, strict = false } = judging
  const endpoint = target.endpoints[0]!
  const baseline = findBaseline(
    judging.baseline,
    target.name,
    target.version,
    false,
    'rest',
    sasKindOf(endpoint.credential),
  )
  if (baseline.remark !== undefined) remark(baseline.remark)
  const events: VerificationEvent[] = []
  const take = listener(events, folder)
  const title = record?.path ?? UNRECORDED
  take({
    event: 'header',
    format: 'leasecheck-verification',
    version: 1,
    leasecheck: VERSION,
    paths: [title],
    strict,
    baseline: baseline.file,
    startedAt: new Date().toISOString(),
  })
  const paint = painter(coloured(process.stderr))
  const running = new RunningVerdict({
    name: title,
    baseline: baseline.baseline,
    strict,
    today: new Date().toISOString().slice(0, 10),
    emit: take,
    onNew: (divergence) => process.stderr.write(`\n${divergenceLines(divergence, paint).join('\n')}\n\n`),
  })
  const proxy = await SessionProxy.listen({ endpoint, session: running.session, record, onUnreachable: tellOnce() })
  const end = await ended(target, proxy, words, signals).finally(async () => {
    await proxy.close(CLOSE_LIMIT_MS)
    record?.close()
  })

  const { divergences, totals } = running.found()
  for (const each of divergences) take(each)
  const footer = footerOf(end, proxy.unreachable, totals, performance.now() - beganMs)
  take(footer)
  folder?.finish(events, documentOf(events, false))
  tell(events, judging)
  return footer.exitStatus
}

/** Waits until it is over, whatever ends it. */
async function ended(target: Target, proxy: SessionProxy, words: readonly string[], signals: Signals): Promise<End> {
  const reached = {
    endpoint: target.endpoints[0]!,
    blobUrl: proxy.urlOf('blob'),
    fileUrl: proxy.urlOf('file'),
    key: proxy.clientKey,
  }
  const environment = environmentFor(reached)
  const places = [reached.blobUrl, reached.fileUrl].filter((url) => url !== undefined)
  remark(`${target.name} ${target.version} is reached through ${places.join(' and ')}`)
  const death = new Promise<End>((resolve) => {
    target.onDeath((reason) => resolve({ by: 'the death of its target', reason }))
  })
  if (words.length === 0) {
    say(exportLines(environment))
    remark('send requests there; Ctrl-C ends the session')
    return Promise.race([death, signals.first.then((): End => ({ by: 'a signal' }))])
  }
  const command = await startCommand(words, environment)
  signals.onEach((signal, isFirst) => command.signal(isFirst ? signal : 'SIGKILL'))
  const over = command.ended.then((how): End => ({ by: 'its command', command: how, interrupted: signals.came }))
  const end = await Promise.race([death, over])
  if (end.by === 'the death of its target') {
    remark(`${end.reason}; ending the command`)
    command.signal('SIGTERM')
    const impatience = setTimeout(() => command.signal('SIGKILL'), END_LIMIT_MS)
    await over
    clearTimeout(impatience)
  }
  return end
}

function footerOf(
  end: End,
  unreachable: number,
  totals: ReturnType<RunningVerdict['found']>['totals'],
  durationMs: number,
): VerificationFooter {
  const { settled, documented, inferred, open } = totals.judged
  const proved = settled + documented + inferred + open > 0
  const failure = unreachable > 0 && end.by !== 'the death of its target' ? unreached(unreachable) : failureOf(end)
  const complete = failure === undefined || failure.is === 'the command'
  const own = gravest(
    failure?.is === 'interruption' ? EXIT.interrupted : EXIT.nothingNew,
    totals.divergences.failing > 0 ? EXIT.somethingNew : EXIT.nothingNew,
    !proved || failure?.is === 'death' ? EXIT.target : EXIT.nothingNew,
  )
  // Whoever gates on the status must see that the tests failed, although nothing is new.
  const exitStatus = own === EXIT.nothingNew && failure !== undefined ? EXIT.somethingNew : own
  const reason = failure?.sentence
  const told = reason === undefined ? {} : { reason }
  return { event: 'footer', complete, ...told, ...totals, exitStatus, durationMs }
}

function unreached(requests: number): Failure {
  return { is: 'death', sentence: `the server could not be reached for ${count(requests, 'request')}` }
}

type Failure = { readonly is: 'the command' | 'interruption' | 'death'; readonly sentence: string }

function failureOf(end: End): Failure | undefined {
  switch (end.by) {
    case 'a signal':
      return undefined
    case 'the death of its target':
      return { is: 'death', sentence: end.reason }
    case 'its command': {
      if (end.interrupted) return { is: 'interruption', sentence: new Interrupted().message }
      if ('signal' in end.command)
        return { is: 'the command', sentence: `the command was ended by ${end.command.signal}` }
      const { status } = end.command
      return status === 0 ? undefined : { is: 'the command', sentence: `the command ended with status ${status}` }
    }
    default:
      return end satisfies never
  }
}

/** Keeps what the reports at the end are made of, and writes everything to the folder. */
function listener(events: VerificationEvent[], folder: VerificationFolder | undefined) {
  let listed = 0
  return (event: VerificationEvent): void => {
    folder?.add(event)
    if (event.event === 'exchange' && (event.result === 'not judgeable' || ++listed > MOST_LISTED)) return
    events.push(event)
  }
}

/** Standard output is the command's. */
function tell(events: readonly VerificationEvent[], { quiet, record, folder, out }: Judging): void {
  const text = renderVerification(events, { colour: coloured(process.stderr), quiet: quiet === true })
  process.stderr.write(`\n${text}`)
  if (record !== undefined) remark(`recorded in ${record.path}; leasecheck verify ${record.path} judges it again`)
  if (folder !== undefined) remark(`results: ${VERIFICATION_FILES.map((file) => `${out}/${file}`).join(', ')}`)
}

function tellOnce(): (error: Error) => void {
  let told = false
  return ({ message }) => {
    if (!told) remark(`a request could not be passed on: ${message}`)
    told = true
  }
}

/** Signals that ask for the end. */
class Signals {
  /** Gives up what takes long at the beginning. */
  readonly opening: AbortSignal
  readonly first: Promise<void>
  came = false
  #listener: ((signal: NodeJS.Signals, isFirst: boolean) => void) | undefined
  readonly #hear: (signal: NodeJS.Signals) => void

  constructor() {
    const opening = new AbortController()
    this.opening = opening.signal
    const { promise, resolve } = Promise.withResolvers<void>()
    this.first = promise
    this.#hear = (signal) => {
      const isFirst = !this.came
      this.came = true
      resolve()
      opening.abort(new Interrupted())
      if (this.#listener !== undefined) this.#listener(signal, isFirst)
      else if (!isFirst) process.exit(EXIT.interrupted)
    }
    for (const signal of SIGNALS) process.on(signal, this.#hear)
  }

  onEach(listener: (signal: NodeJS.Signals, isFirst: boolean) => void): void {
    this.#listener = listener
  }

  forget(): void {
    for (const signal of SIGNALS) process.off(signal, this.#hear)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
