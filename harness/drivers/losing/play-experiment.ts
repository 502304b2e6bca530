import { judgeRetries, type RetryDivergence } from '../../../model/client/retries/judge-retries.ts'
import type { RetriedCall, Try } from '../../../model/client/retries/retried-call.ts'
import type { CompiledRules } from '../../../model/compiled-rules.ts'
import { judge, type ServerDivergence } from '../../../model/judge.ts'
import { isLeaseAction, type Operation } from '../../../model/operation.ts'
import { KINDS } from '../../../model/resource.ts'
import { type OperationStep, operationOf } from '../../../model/scenario.ts'
import { at, type Instant } from '../../../model/time.ts'
import type { Answer, Exchange, Trace, TraceClock } from '../../../model/trace.ts'
import { subjectOf } from '../../../model/world.ts'
import { realNames } from '../../campaign/real-names.ts'
import { answerTo } from '../answer.ts'
import { argumentsOf } from '../clients/call-arguments.ts'
import { callKey } from '../clients/call-table.ts'
import { clientAccountOf } from '../clients/client-account-of.ts'
import type { ClientCall } from '../clients/client-library.ts'
import { placeOf } from '../clients/place.ts'
import type { TappedService } from '../clients/tapped-service.ts'
import type { Driver, Names } from '../driver.ts'
import { realNameIn } from '../real-name.ts'
import type { TapPort } from '../tap/tap-port.ts'
import type { Tapped } from '../tap/tapped.ts'
import { wireOperation } from '../tap/wire-operation.ts'
import type { Experiment } from './experiment.ts'
import { readBackOf } from './experiments.ts'
import type { LosingClient } from './losing-client.ts'

/** What experiments are made with. */
export interface LosingStage {
  readonly rules: CompiledRules
  /** Sends what is not looked at: it sets worlds up, and reads leases back. */
  readonly rest: Driver
  readonly clock: TraceClock
  /** When everything takes place on virtual time; undefined leaves it to the server's own clock. */
  readonly instant: Instant | undefined
}

/** What came of an experiment. */
export interface PlayedExperiment {
  readonly experiment: Experiment
  readonly call: RetriedCall
  /** What the client did otherwise than it has to. */
  readonly divergences: readonly RetryDivergence[]
  /** What the server did. */
  readonly server: readonly ServerDivergence[]
  /** What a plain read says of the lease afterwards. */
  readonly after: Answer | undefined
}

/**
 * Makes one experiment in a world of its own. A read through the client comes before the call, so that the connection is one in
 * use, as those of applications are.
 * @throws TargetError, ClockError as the tap does; DriverError as the library does.
 */
export async function playExperiment(
  stage: LosingStage,
  client: LosingClient,
  experiment: Experiment,
  baseName: string,
): Promise<PlayedExperiment> {
  const { rest, instant, rules, clock } = stage
  const { family, scenario, call: step } = experiment
  const { world, steps } = scenario
  const { names, etags } = await rest.prepare(world, realNames(world, baseName), instant)
  const { apiVersion } = client.library
  const asked = (each: OperationStep, place: number) => operationOf(each, {}, place, apiVersion)
  const send = (operation: Operation) => rest.perform(operation, family, names, instant)
  const before: Exchange[] = []
  for (const [place, each] of steps.slice(0, -1).entries()) before.push(await send(asked(each as OperationStep, place)))
  const scene: Scene = { stage, client, experiment, names, asked: asked(step, steps.length) }
  const { call, warmUp } = await losingCall(scene)
  const readBack = readBackOf(family, step)
  const after = await send(asked(readBack, steps.length + 1))
  const trace: Trace = {
    clock,
    world: world.map((each) => ({ ...each, ...(etags.has(each.name) ? { etag: etags.get(each.name)! } : {}) })),
    steps: [
      ...before.map((exchange, place) => ({ call: steps[place]!, exchanges: [exchange] })),
      { call: readBack, exchanges: warmUp },
      { call: step, exchanges: call.tries.flatMap((each) => served(each, scene)) },
      { call: readBack, exchanges: [after] },
    ],
  }
  const server = judge(rules, trace).steps.flatMap(({ divergences }) => divergences as readonly ServerDivergence[])
  return { experiment, call, divergences: judgeRetries(call), server, after: after.answer }
}

/** What a call is made in. */
interface Scene {
  readonly stage: LosingStage
  readonly client: LosingClient
  readonly experiment: Experiment
  readonly names: Names
  readonly asked: Operation
}

/** A try as the server knows it, which never heard of a request that was lost. */
function served({ operation, sentMs, answeredMs, lost, answer }: Try, { stage }: Scene): readonly Exchange[] {
  if (lost === 'request') return []
  const window = stage.instant === undefined ? { earliestMs: sentMs, latestMs: answeredMs } : at(stage.instant)
  return [{ operation, window, answer }]
}

async function losingCall(scene: Scene): Promise<{ readonly call: RetriedCall; readonly warmUp: readonly Exchange[] }> {
  const { client, experiment, asked } = scene
  const { family, call: step, loss, policy } = experiment
  const { library, services } = client
  const service = services[KINDS[family].service]!
  const tapPort = await service.lease()
  const handle = library.nextHandle()
  try {
    const port = await service.connectAs(tapPort, { retry: policy, secondaryUrl: secondaryOf(tapPort, service) })
    const warmUp = await warmedUp(scene, tapPort, port)
    tapPort.arm({ instant: scene.stage.instant, lose: loss })
    const answer = await library.perform({ ...callOf(scene, asked, port), ...leaseOf(asked, handle) })
    const tapped = await tapPort.take()
    const tries = tapped.flatMap((each) => tryOf(each, scene) ?? [])
    const account = clientAccountOf(asked, library.calls[callKey(step.do, family)]!, answer, library)
    const strayed = tapped.length - tries.length
    const told = strayed === 0 ? account : { ...account, otherRequests: strayed }
    return { call: { kind: family, policy, account: told, tries }, warmUp }
  } finally {
    library.forget([handle])
    await service.giveBack(tapPort)
  }
}

/** The secondary is the same port under another name of this machine: some libraries take a host for it, and keep the port. */
const SECONDARY = 'localhost'

function secondaryOf({ origin }: TapPort, { basePath }: TappedService): string {
  const url = new URL(basePath, origin)
  url.hostname = SECONDARY
  return url.href
}

async function warmedUp(scene: Scene, tapPort: TapPort, port: number): Promise<readonly Exchange[]> {
  const { client, experiment, asked } = scene
  const { family, call } = experiment
  const read = readBackOf(family, call)
  if (client.library.calls[callKey(read.do, family)] === undefined) return []
  tapPort.arm({ instant: scene.stage.instant })
  await client.library.perform(callOf(scene, operationOf(read, {}, 0, asked.version), port))
  return (await tapPort.take()).flatMap((each) => {
    const seen = tryOf(each, scene)
    return seen === undefined ? [] : served(seen, scene)
  })
}

function callOf({ experiment, names }: Scene, asked: Operation, port: number) {
  const { family: kind } = experiment
  const place = placeOf(kind, realNameIn(names, asked.on))
  return { port, kind, call: asked.name, place, arguments: argumentsOf(asked, kind, names, undefined) }
}

/** The lease client of a call is made for it, with the id that it is to go by. */
function leaseOf({ name, leaseId, proposedLeaseId }: Operation, handle: number): Pick<ClientCall, 'lease'> {
  if (!isLeaseAction(name)) return {}
  const id = name === 'acquire' ? proposedLeaseId : leaseId
  return { lease: { handle, ...(id.given === 'none' ? {} : { id: id.text }) } }
}

/** A request as a try of the call; undefined if it is about nothing that is known. */
function tryOf(tapped: Tapped, { client, experiment, names }: Scene): Try | undefined {
  const { family, scenario } = experiment
  const { service } = KINDS[family]
  const { basePath } = client.services[service]!
  const operation = wireOperation(tapped.request, { service, basePath, names })
  if (operation === undefined) return undefined
  const { sentMs, answeredMs, lost } = tapped
  const received = tapped.answer ?? tapped.unheard
  const realName = realNameIn(names, subjectOf(scenario.world).name)
  const host = tapped.request.headers.host?.startsWith(SECONDARY) ? 'secondary' : 'primary'
  const answer = received && answerTo(operation.name, family, realName, received)
  return { operation, sentMs, answeredMs, host, ...(lost === undefined ? {} : { lost }), answer }
}
