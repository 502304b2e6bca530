import { describe, expect, test } from 'vitest'
import { classOf, type OperationHeaders, type OperationName, operation, operationsOf } from '../operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../resource.ts'
import type { Answer, Exchange } from '../trace.ts'
import type { ClientAccount, ClientReturn, RememberedTags } from './client-account.ts'
import { MOMENTS, SENT_FIELDS } from './client-rule.ts'
import { CLIENT_RULES, clientRulesFor } from './client-rules.ts'
import type { Documented } from './documented.ts'
import { honestAccount } from './honest-client.ts'
import { judgeClient } from './judge-client.ts'

const A = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
const B = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'
const C = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc'
const CHANGED = 'Tue, 01 Jan 2030 00:00:00 GMT'
const TAGS = { etag: '"0x1"', 'last-modified': CHANGED }
const REPORT = {
  'x-ms-lease-state': 'leased',
  'x-ms-lease-status': 'locked',
  'x-ms-lease-duration': 'fixed',
}
/** An answer that has everything that any rule may ask for. */
const DONE: Answer = { status: 200, headers: { ...TAGS, ...REPORT, 'x-ms-lease-id': B, 'x-ms-lease-time': '9' } }
const REFUSED: Answer = { status: 412, code: 'LeaseIdMissing', headers: {} }
const CASES = RESOURCE_KINDS.flatMap((kind) => operationsOf(kind).map((name) => [kind, name] as const))
const isRenewOfFile = (kind: ResourceKind, name: OperationName) => kind === 'file' && name === 'renew'

/** A call, what it sent and what came back. */
interface Told {
  readonly kind: ResourceKind
  readonly account: ClientAccount
  readonly exchanges: readonly Exchange[]
}

/** What a client does that does everything right. */
function honest(
  kind: ResourceKind,
  name: OperationName,
  answer: Answer | undefined,
  headers: OperationHeaders = {},
): Told {
  const asked = operation(name, 'it', { leaseId: A, ...(name === 'change' ? { proposedLeaseId: B } : {}), ...headers })
  const exchange: Exchange = { operation: asked, window: { earliestMs: 0, latestMs: 0 }, answer }
  return { kind, account: honestAccount(exchange, A), exchanges: [exchange] }
}

function broken({ kind, account, exchanges }: Told): readonly string[] {
  return judgeClient(account, exchanges, kind).divergences.map(({ rule, observed }) => `${rule}: ${observed}`)
}

describe('the rules', () => {
  test('are total: every kind and class has one for each sent field, and each way a call may end', () => {
    for (const [kind, name] of CASES) {
      const rules = clientRulesFor(kind, classOf(name))
      expect(rules.filter(({ moment }) => moment === 'sends').map(({ field }) => field)).toEqual(SENT_FIELDS)
      for (const moment of MOMENTS.slice(1)) {
        const fields = rules.filter((rule) => rule.moment === moment).map(({ field }) => field)
        expect(fields[0]).toBe('outcome')
        expect(new Set(fields).size).toBe(fields.length)
      }
    }
  })

  test('have ids of their own', () => {
    expect(new Set(CLIENT_RULES.map(({ id }) => id)).size).toBe(CLIENT_RULES.length)
  })
})

describe('an honest client breaks no rule', () => {
  test.each(CASES)('%s: %s', (kind, name) => {
    for (const answer of [DONE, REFUSED, undefined]) {
      const told = honest(kind, name, answer)
      expect(broken(told)).toEqual(isRenewOfFile(kind, name) ? ['client.file.renew.sends.requests: 1'] : [])
    }
  })

  test('that makes up an id where none was proposed, or takes an infinite lease where no duration was given', () => {
    const told = honest('share', 'acquire', DONE, { leaseId: undefined })
    const sent = operation('acquire', 'it', { proposedLeaseId: A, duration: '-1' })
    expect(broken({ ...told, exchanges: [{ ...told.exchanges[0]!, operation: sent }] })).toEqual([])
  })

  test('that refuses to renew the lease of a file, since there is no such request', () => {
    const { account } = honest('file', 'renew', undefined)
    const returned = { kind: 'threw', because: 'client', errorName: 'RangeError' } as const
    expect(broken({ kind: 'file', account: { ...account, returned }, exchanges: [] })).toEqual([])
    const accident = { kind: 'threw', because: 'accident', errorName: 'TypeError' } as const
    expect(broken({ kind: 'file', account: { ...account, returned: accident }, exchanges: [] })).toEqual([
      'client.file.renew.unheard.outcome: TypeError thrown',
    ])
  })

  test('that spells ids and dates in its own way', () => {
    const told = honest('blob', 'change', DONE)
    const headers = { ...DONE.headers, 'x-ms-lease-id': B.toUpperCase(), 'last-modified': '2030-01-01T00:00:00.000Z' }
    const remembered = { before: A, after: `{${B}}` }
    const returned: ClientReturn = { kind: 'returned', status: 200, headers }
    expect(broken({ ...told, account: { ...told.account, returned, remembered } })).toEqual([])
  })
})

describe('a client that refuses by itself', () => {
  const refusing = (headers: OperationHeaders, name: OperationName = 'acquire', kind: ResourceKind = 'blob'): Told => {
    const { account } = honest(kind, name, undefined, headers)
    return {
      kind,
      exchanges: [],
      account: { ...account, returned: { kind: 'threw', because: 'client', errorName: 'ValueError' } },
    }
  }

  test.each<[string, Told]>([
    ['a duration that is too long', refusing({ leaseId: undefined, duration: '61' })],
    ['a duration of a file', refusing({ leaseId: undefined, duration: '15' }, 'acquire', 'file')],
    ['a period that is too long', refusing({ leaseId: undefined, breakPeriod: '61' }, 'break')],
    ['an id that is none', refusing({ leaseId: 'none' }, 'renew', 'share')],
    ['a proposed id that is none', refusing({ proposedLeaseId: 'none' }, 'change', 'container')],
    ['a lease of a blob snapshot', refusing({ leaseId: undefined, duration: '15' }, 'acquire', 'blob-snapshot')],
  ])('%s is right', (_, told) => {
    expect(broken(told)).toEqual([])
  })

  test('what is valid is wrong', () => {
    for (const duration of ['15', '60', '-1'])
      expect(broken(refusing({ leaseId: undefined, duration }))).toEqual([
        'client.blob.acquire.sends.requests: none, and ValueError thrown',
      ])
    expect(broken(refusing({ leaseId: A }, 'renew'))).toHaveLength(1)
    expect(broken(refusing({ leaseId: undefined }, 'break'))).toHaveLength(1)
  })

  test('what is invalid with an accident, or gives a result, is wrong', () => {
    const told = refusing({ leaseId: undefined, duration: '61' })
    const accident = { kind: 'threw', because: 'accident', errorName: 'TypeError' } as const
    expect(broken({ ...told, account: { ...told.account, returned: accident } })).toHaveLength(1)
    const result = { kind: 'returned', headers: {} } as const
    expect(broken({ ...told, account: { ...told.account, returned: result } })).toEqual([
      'client.blob.acquire.sends.requests: none, and a result',
    ])
  })

  test('and forgets its id meanwhile is wrong', () => {
    const told = refusing({ leaseId: 'none' }, 'renew')
    expect(broken({ ...told, account: { ...told.account, remembered: { before: A, after: B } } })).toEqual([
      'client.blob.renew.refuses.remembered-lease-id: another lease id',
    ])
  })
})

describe('what a library is documented to tell is all that is asked of it', () => {
  const silent: ClientReturn = { kind: 'returned', headers: {} }

  test('a result that holds nothing', () => {
    const told = honest('blob', 'acquire', DONE, { leaseId: undefined, proposedLeaseId: A, duration: '15' })
    expect(broken({ ...told, account: { ...told.account, returned: silent, tells: [] } })).toEqual([])
    expect(broken({ ...told, account: { ...told.account, returned: silent, tells: ['etag'] } })).toEqual([
      'client.blob.acquire.returns.etag: absent',
    ])
    expect(broken({ ...told, account: { ...told.account, returned: silent } })).toHaveLength(4)
  })

  test('a lease client that shows neither ETag nor date', () => {
    const { account, ...told } = honest('share', 'renew', DONE)
    const { tags: _tags, ...without } = account
    expect(broken({ ...told, account: without })).toEqual([])
    expect(broken({ ...told, account: { ...account, tags: { before: {}, after: {} } } })).toEqual([])
    const documented = { leaseClient: ['etag'] } as const
    expect(broken({ ...told, account: { ...account, documented, tags: { before: {}, after: {} } } })).toEqual([
      'client.share.renew.returns.remembered-etag: absent',
    ])
  })

  test('the names of errors', () => {
    const told = honest('blob', 'renew', REFUSED)
    const naming = (...errors: NonNullable<Documented['errors']>) =>
      broken({ ...told, account: { ...told.account, documented: { errors } } })
    expect(naming()).toEqual([])
    expect(naming({ status: 404, names: ['NotFound'] })).toEqual([])
    expect(naming({ status: 412, code: 'ConditionNotMet', names: ['Modified'] }, { names: ['RestError'] })).toEqual([])
    expect(naming({ names: ['ServiceError'] })).toEqual(['client.blob.renew.throws.error-name: RestError'])
  })

  test('a lease client may take over the id that a renewal was answered', () => {
    const told = honest('blob', 'renew', { ...DONE, headers: { ...DONE.headers, 'x-ms-lease-id': B } })
    expect(broken(told)).toEqual([])
    expect(broken({ ...told, account: { ...told.account, remembered: { before: A, after: B } } })).toEqual([])
    expect(broken({ ...told, account: { ...told.account, remembered: { before: A, after: C } } })).toEqual([
      'client.blob.renew.returns.remembered-lease-id: another lease id',
    ])
  })

  test('a lease client that holds no lease after its release may have no id', () => {
    const told = honest('blob', 'release', DONE)
    expect(broken({ ...told, account: { ...told.account, remembered: { before: A, after: '' } } })).toEqual([])
    const renewed = honest('blob', 'renew', DONE)
    expect(broken({ ...renewed, account: { ...renewed.account, remembered: { before: A, after: '' } } })).toEqual([
      'client.blob.renew.returns.remembered-lease-id: no lease id',
    ])
  })
})

describe('a client that lies breaks the one rule that its lie is about', () => {
  const returning = (told: Told, returned: Partial<Extract<ClientReturn, { kind: 'returned' }>>): Told => ({
    ...told,
    account: { ...told.account, returned: { kind: 'returned', status: 200, headers: DONE.headers, ...returned } },
  })
  const throwing = (told: Told, returned: Partial<Extract<ClientReturn, { kind: 'threw' }>>): Told => {
    const error = { kind: 'threw', because: 'service', errorName: 'RestError', ...REFUSED } as const
    return { ...told, account: { ...told.account, returned: { ...error, ...returned } } }
  }
  const sending = (told: Told, name: OperationName, headers: OperationHeaders, on = 'it'): Told => ({
    ...told,
    exchanges: [{ ...told.exchanges[0]!, operation: operation(name, on, headers) }],
  })
  const telling = (told: Told, header: string, value: string | undefined): Told => {
    const { [header]: _said, ...rest } = DONE.headers
    return returning(told, { headers: value === undefined ? rest : { ...rest, [header]: value } })
  }
  const remembering = (told: Told, after: string): Told => ({
    ...told,
    account: { ...told.account, remembered: { before: A, after } },
  })

  const tagged = (told: Told, after: RememberedTags): Told => ({
    ...told,
    account: { ...told.account, tags: { ...told.account.tags!, after } },
  })

  const renew = honest('blob', 'renew', DONE)
  const refused = honest('blob', 'renew', REFUSED)
  const unheard = honest('blob', 'renew', undefined)
  const change = honest('container', 'change', DONE)
  const breaking = honest('blob', 'break', DONE, { leaseId: undefined, breakPeriod: '10' })
  const acquire = honest('blob', 'acquire', DONE, { leaseId: undefined, proposedLeaseId: A, duration: '15' })
  const read = honest('share', 'getShareProperties', DONE)

  const lies: readonly (readonly [lie: string, told: Told, breaks: string])[] = [
    ['sends nothing', { ...renew, exchanges: [] }, 'client.blob.renew.sends.requests: none, and a result'],
    [
      'sends twice',
      { ...renew, exchanges: [...renew.exchanges, ...renew.exchanges] },
      'client.blob.renew.sends.requests: 2',
    ],
    [
      'sends something else besides',
      { ...renew, account: { ...renew.account, otherRequests: 1 } },
      'client.blob.renew.sends.requests: 2',
    ],
    [
      'sends it to nobody',
      { ...renew, exchanges: [], account: { ...renew.account, otherRequests: 1 } },
      'client.blob.renew.sends.operation: a request about nothing that is known',
    ],
    [
      'asks for something else',
      sending(renew, 'release', { leaseId: A }),
      'client.blob.renew.sends.operation: release',
    ],
    [
      'asks it of another',
      sending(renew, 'renew', { leaseId: A }, 'other'),
      'client.blob.renew.sends.resource: another resource',
    ],
    ['sends an old id', sending(renew, 'renew', { leaseId: B }), 'client.blob.renew.sends.lease-id: another lease id'],
    ['sends no id', sending(renew, 'renew', {}), 'client.blob.renew.sends.lease-id: absent'],
    [
      'sends an id that was not asked for',
      sending(breaking, 'break', { leaseId: A, breakPeriod: '10' }),
      'client.blob.break.sends.lease-id: another lease id',
    ],
    ['drops the period', sending(breaking, 'break', {}), 'client.blob.break.sends.lease-break-period: absent'],
    [
      'makes up a duration',
      sending(acquire, 'acquire', { proposedLeaseId: A, duration: '-1' }),
      'client.blob.acquire.sends.lease-duration: -1',
    ],
    [
      'proposes an id of its own',
      sending(acquire, 'acquire', { proposedLeaseId: B, duration: '15' }),
      'client.blob.acquire.sends.proposed-lease-id: another lease id',
    ],
    [
      'drops a condition',
      {
        ...renew,
        account: { ...renew.account, asked: { ...renew.account.asked, condition: { header: 'if-match', value: '*' } } },
      },
      'client.blob.renew.sends.condition: absent',
    ],
    [
      'forgets to tell the id',
      telling(renew, 'x-ms-lease-id', undefined),
      'client.blob.renew.returns.lease-id: absent',
    ],
    ['tells another id', telling(renew, 'x-ms-lease-id', A), 'client.blob.renew.returns.lease-id: another lease id'],
    ['forgets to tell the ETag', telling(renew, 'etag', undefined), 'client.blob.renew.returns.etag: absent'],
    [
      'tells another date',
      telling(renew, 'last-modified', 'Wed, 02 Jan 2030 00:00:00 GMT'),
      'client.blob.renew.returns.last-modified: another value',
    ],
    [
      'forgets the time left',
      telling(breaking, 'x-ms-lease-time', undefined),
      'client.blob.break.returns.lease-time: absent',
    ],
    [
      'misreads the state',
      telling(read, 'x-ms-lease-state', 'available'),
      'client.share.observe.returns.lease-state: available',
    ],
    ['misreads a status', returning(renew, { status: 201 }), 'client.blob.renew.returns.status: 201'],
    [
      'throws though it succeeded',
      throwing(renew, { because: 'accident', errorName: 'TypeError' }),
      'client.blob.renew.returns.outcome: TypeError thrown',
    ],
    ['hides a refusal', returning(refused, {}), 'client.blob.renew.throws.outcome: a result'],
    ['misreads a code', throwing(refused, { code: 'LeaseLost' }), 'client.blob.renew.throws.code: LeaseLost'],
    [
      'drops a code',
      {
        ...refused,
        account: {
          ...refused.account,
          returned: { kind: 'threw', because: 'service', errorName: 'RestError', status: 412 },
        },
      },
      'client.blob.renew.throws.code: absent',
    ],
    ['misreads the status of a refusal', throwing(refused, { status: 409 }), 'client.blob.renew.throws.status: 409'],
    ['claims success without an answer', returning(unheard, {}), 'client.blob.renew.unheard.outcome: a result'],
    [
      'keeps the id from before a change',
      remembering(change, A),
      'client.container.change.returns.remembered-lease-id: the id from before',
    ],
    [
      'takes a refused change for done',
      remembering(honest('blob', 'change', REFUSED), B),
      'client.blob.change.throws.remembered-lease-id: another lease id',
    ],
    [
      'takes an unheard change for done',
      remembering(honest('blob', 'change', undefined), B),
      'client.blob.change.unheard.remembered-lease-id: another lease id',
    ],
    [
      'keeps the ETag from before a renewal',
      tagged(renew, { etag: '"0x0"', lastModified: CHANGED }),
      'client.blob.renew.returns.remembered-etag: the value from before',
    ],
    [
      'keeps the date from before a change',
      tagged(change, { etag: '"0x1"', lastModified: 'Mon, 01 Jan 2001 00:00:00 GMT' }),
      'client.container.change.returns.remembered-last-modified: the value from before',
    ],
    [
      'loses the ETag when it is refused',
      tagged(refused, { lastModified: 'Mon, 01 Jan 2001 00:00:00 GMT' }),
      'client.blob.renew.throws.remembered-etag: absent',
    ],
    [
      'makes up an ETag when it hears nothing',
      tagged(unheard, { etag: '"0x9"', lastModified: 'Mon, 01 Jan 2001 00:00:00 GMT' }),
      'client.blob.renew.unheard.remembered-etag: another value',
    ],
    [
      'forgets its id on release',
      remembering(honest('blob', 'release', DONE), B),
      'client.blob.release.returns.remembered-lease-id: another lease id',
    ],
  ]

  test.each(lies)('%s', (_, told, rule) => {
    expect(broken(told)).toEqual([rule])
  })
})
