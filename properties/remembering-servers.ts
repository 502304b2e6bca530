import { deadlineOf, type Lease, leaseIdOf, NEVER_LEASED } from '../model/lease.ts'
import { leaseIdArgument } from '../model/lease-id.ts'
import { classOf, isLeaseAction, type Operation } from '../model/operation.ts'
import type { ResourceName } from '../model/resource.ts'
import { idOfName } from '../model/scenario.ts'
import { at, type Instant } from '../model/time.ts'
import type { Answer } from '../model/trace.ts'
import type { Asked, SpoilableServer } from './spoilable-server.ts'
import type { TwinPropertyName } from './twin.ts'

/** A server whose fault rests on a memory that the model lacks, so that no edited rule can be it. */
export interface RememberingServer {
  readonly fault: string
  /** The property that has to notice. */
  readonly noticedBy: TwinPropertyName
  readonly faulty: (server: SpoilableServer) => Asked
}

export const REMEMBERING_SERVERS: readonly RememberingServer[] = [
  {
    fault: 'forgets the lease at every third refusal',
    noticedBy: 'failed-operations-change-nothing',
    faulty: (server) => {
      let refusals = 0
      return after(server, (operation, answer) => {
        if (isRefused(answer) && ++refusals % 3 === 0) server.spoil(operation.on, { lease: NEVER_LEASED })
      })
    },
  },
  {
    fault: 'lets a lease last for ever once somebody was refused',
    noticedBy: 'failed-operations-change-nothing',
    faulty: (server) =>
      after(server, ({ on }, answer) => {
        const { lease } = server.resource(on)
        if (isRefused(answer) && lease.state === 'leased')
          server.spoil(on, { lease: { state: 'leased', id: lease.id, term: 'infinite' } })
      }),
  },
  {
    fault: 'gives the content a new ETag when somebody is refused',
    noticedBy: 'failed-operations-change-nothing',
    faulty: (server) => {
      let refusals = 0
      return after(server, ({ on }, answer) => {
        if (isRefused(answer) && server.resource(on).etag !== undefined)
          server.spoil(on, { etag: `"0xREFUSED${++refusals}"` })
      })
    },
  },
  {
    fault: 'looks at its clock only when it is read from',
    noticedBy: 'reads-change-nothing',
    faulty: ({ ask }) => {
      let shownMs: Instant | undefined
      return (operation, instant) => {
        if (shownMs === undefined || isRead(operation)) shownMs = instant
        return ask(operation, shownMs)
      }
    },
  },
  {
    fault: 'breaks the lease at every fifth read',
    noticedBy: 'reads-change-nothing',
    faulty: (server) => {
      let reads = 0
      return after(server, (operation) => {
        const id = leaseIdOf(server.resource(operation.on).lease)
        if (isRead(operation) && ++reads % 5 === 0 && id !== undefined)
          server.spoil(operation.on, { lease: { state: 'broken', id } })
      })
    },
  },
  {
    fault: 'answers reads from a cache until the content changes',
    noticedBy: 'reads-change-nothing',
    faulty: ({ ask }) => {
      const cache = new Map<string, Answer>()
      return (operation, instant) => {
        const key = JSON.stringify([operation.name, operation.on, operation.leaseId, operation.condition])
        const answer = (isRead(operation) ? cache.get(key) : undefined) ?? ask(operation, instant)
        if (isRead(operation)) cache.set(key, answer)
        else if (!isLeaseAction(operation.name)) cache.clear()
        return answer
      }
    },
  },
  {
    fault: 'lets a lease begin anew when somebody reads',
    noticedBy: 'waits-add-up',
    faulty: (server) =>
      after(server, (operation, _answer, instant) => {
        const { lease } = server.resource(operation.on)
        if (isRead(operation)) server.spoil(operation.on, { lease: begunAnew(lease, instant) })
      }),
  },
  {
    fault: 'counts whole seconds from one request to the next',
    noticedBy: 'waits-add-up',
    faulty: ({ ask }) => {
      let [lastMs, ownMs]: [Instant?, Instant?] = []
      return (operation, instant) => {
        ownMs = ownMs === undefined ? instant : ownMs + Math.floor((instant - lastMs!) / 1000) * 1000
        lastMs = instant
        return ask(operation, ownMs)
      }
    },
  },
  {
    fault: 'notices the end of a lease only after ten seconds of silence',
    noticedBy: 'waits-add-up',
    faulty: ({ ask }) => {
      let [lastMs, ownMs]: [Instant, Instant] = [Number.NEGATIVE_INFINITY, 0]
      return (operation, instant) => {
        if (instant - lastMs >= 10_000) ownMs = instant
        lastMs = instant
        return ask(operation, ownMs)
      }
    },
  },
  {
    fault: 'holds one lease at a time',
    noticedBy: 'resources-are-alike',
    faulty: (server) =>
      after(server, ({ name, on }, answer) => {
        if (name === 'acquire' && !isRefused(answer)) othersForget(server, on)
      }),
  },
  {
    fault: 'lets nobody use an id for a second resource',
    noticedBy: 'resources-are-alike',
    faulty: ({ ask }) => {
      const owners = new Map<string, ResourceName>()
      return (operation, instant) => {
        const { name, on, proposedLeaseId } = operation
        if (name !== 'acquire' || proposedLeaseId.given !== 'guid') return ask(operation, instant)
        const owner = owners.get(proposedLeaseId.id) ?? on
        owners.set(proposedLeaseId.id, owner)
        return owner === on ? ask(operation, instant) : { status: 409, code: 'LeaseAlreadyPresent', headers: {} }
      }
    },
  },
  {
    fault: 'takes one id for a master key',
    noticedBy: 'ids-are-names',
    faulty: (server) => (operation, instant) => {
      const { leaseId, on } = operation
      const held = leaseIdOf(server.resource(on).lease)
      const isMaster = leaseId.given === 'guid' && leaseId.id === idOfName('B')
      return server.ask(
        isMaster && held !== undefined ? { ...operation, leaseId: leaseIdArgument(held) } : operation,
        instant,
      )
    },
  },
  {
    fault: 'lets a smaller id take a lease over',
    noticedBy: 'ids-are-names',
    faulty: (server) => (operation, instant) => {
      const { name, on, proposedLeaseId } = operation
      const held = leaseIdOf(server.resource(on).lease)
      const isSmaller = proposedLeaseId.given === 'guid' && held !== undefined && proposedLeaseId.id < held
      if (name === 'acquire' && isSmaller) server.spoil(on, { lease: NEVER_LEASED })
      return server.ask(operation, instant)
    },
  },
]

/** The server, and what the fault does behind each answer. */
function after(
  { ask }: SpoilableServer,
  spoil: (operation: Operation, answer: Answer, instant: Instant) => void,
): Asked {
  return (operation, instant) => {
    const answer = ask(operation, instant)
    spoil(operation, answer, instant)
    return answer
  }
}

function othersForget(server: SpoilableServer, on: ResourceName): void {
  for (const { name } of server.resources) if (name !== on) server.spoil(name, { lease: NEVER_LEASED })
}

const isRefused = ({ status }: Answer) => status >= 300
const READS: ReadonlySet<string> = new Set(['observe', 'read', 'list'])
const isRead = ({ name }: Operation) => READS.has(classOf(name))

function begunAnew(lease: Lease, instant: Instant): Lease {
  if (lease.state !== 'leased' || typeof lease.term !== 'number' || deadlineOf(lease)!.earliestMs <= instant)
    return lease
  return { ...lease, expires: at(instant + lease.term * 1000) }
}
