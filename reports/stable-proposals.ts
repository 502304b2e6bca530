import type { Proposals, ProposedAnswer } from './proposals.ts'

const MASKED_TIME = '1970-01-01T00:00:00.000Z'

/** Headers that are another one in every run. */
const OF_THE_RUN = ['etag', 'last-modified', 'x-ms-lease-id']

/** Proposals without what differs from run to run, so that two runs with the same seed write the same bytes. */
export function stableProposals(made: Proposals): Proposals {
  const { where: _where, ...target } = made.target
  return {
    ...made,
    target,
    startedAt: MASKED_TIME,
    standing: made.isEvidence ? 'observed on the real service' : made.standing,
    proposals: made.proposals.map((each) => ({
      ...each,
      answer: masked(each.answer),
      readBack: each.readBack.map(masked),
    })),
  }
}

function masked({ requestId: _requestId, headers, ...answer }: ProposedAnswer): ProposedAnswer {
  const kept = Object.entries(headers).map(([name, value]) => [name, OF_THE_RUN.includes(name) ? 'present' : value])
  return { ...answer, headers: Object.fromEntries(kept), answeredAt: MASKED_TIME }
}
