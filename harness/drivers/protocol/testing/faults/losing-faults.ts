import { randomUUID } from 'node:crypto'
import type { PlainClient, PlainLease } from '../plain-client.ts'
import { delivering, type Fault, withHeaders } from './fault.ts'

const PROPOSED = 'x-ms-proposed-lease-id'
const FAR_TOO_OFTEN = 8
const RESULT = { returned: { status: '200' } }

/** Spoils what the caller is given where no answer came. */
function unheard(call: string, ending: ReturnType<PlainClient['tell']>): Fault['spoil'] {
  return (client) => ({
    ...client,
    tell: (answer, asked, lease) =>
      answer === undefined && asked.call === call ? ending : client.tell(answer, asked, lease),
  })
}

/** Spoils what the lease client remembers where no answer came. */
function unheardKeeping(call: string, edit: (lease: PlainLease, proposed: string) => PlainLease): Fault['spoil'] {
  return (client) => ({
    ...client,
    keep: (lease, answer, asked) =>
      answer === undefined && asked.call === call
        ? edit(lease, asked.arguments.proposedLeaseId ?? '')
        : client.keep(lease, answer, asked),
  })
}

/** Faults where requests and answers get lost. */
export const LOSING_FAULTS: readonly Fault[] = [
  {
    name: 'tries again though it was told not to',
    kind: 'blob',
    shownBy: 'losses',
    breaks: 'client.retries.none.acquire.requests',
    spoil: delivering(['acquire'], async (request, send) => (await send(request)) ?? send(request)),
  },
  {
    name: 'tries more often than it is documented to',
    kind: 'blob',
    shownBy: 'losses',
    breaks: 'client.retries.default.break.requests',
    spoil: delivering(['break'], async (request, send) => {
      for (let tries = 1; tries < FAR_TOO_OFTEN; tries++) {
        const answer = await send(request)
        if (answer !== undefined) return answer
      }
      return send(request)
    }),
  },
  {
    name: 'proposes another id with each try',
    kind: 'container',
    shownBy: 'losses',
    breaks: 'client.retries.default.acquire.request',
    spoil: delivering(
      ['acquire'],
      async (request, send) => (await send(request)) ?? send(withHeaders(request, { [PROPOSED]: randomUUID() })),
    ),
  },
  {
    name: 'takes a renew without an answer for done',
    kind: 'blob',
    shownBy: 'losses',
    breaks: 'client.blob.renew.unheard.outcome',
    spoil: unheard('renew', RESULT),
  },
  {
    name: 'takes half an answer for a whole one',
    kind: 'share',
    shownBy: 'losses',
    breaks: 'client.retries.none.release.outcome',
    spoil: unheard('release', RESULT),
  },
  {
    name: 'falls over a lost connection',
    kind: 'file',
    shownBy: 'losses',
    breaks: 'client.file.release.unheard.outcome',
    spoil: unheard('release', { raised: { error: 'TypeError', because: 'accident' } }),
  },
  {
    name: 'takes a change without an answer for done',
    kind: 'container',
    shownBy: 'losses',
    breaks: 'client.container.change.unheard.remembered-lease-id',
    spoil: unheardKeeping('change', (lease, proposed) => ({ ...lease, id: proposed })),
  },
  {
    name: 'forgets its id when the connection is lost',
    kind: 'blob',
    shownBy: 'losses',
    breaks: 'client.blob.renew.unheard.remembered-lease-id',
    spoil: unheardKeeping('renew', (lease) => ({ ...lease, id: '' })),
  },
]
