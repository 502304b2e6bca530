import { describe, expect, test } from 'vitest'
import { type CompiledLayer, compile, layersFor } from '../../compiled-rules.ts'
import { FEATURES, type FeatureName, valuesFor } from '../../features.ts'
import { readToken } from '../../notation.ts'
import { classOf, operation, operationsOf, successOf } from '../../operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from '../../resource.ts'
import { type Response, respond } from '../../respond.ts'
import { isWait, type Memory, operationOf, remembering } from '../../scenario.ts'
import { type Served, serve, started } from '../../server.ts'
import { ERAS, type Era } from '../../service-version.ts'
import { worldOf } from '../../world.ts'
import { RULES } from '../index.ts'
import { isInForce, type Rule } from '../rule.ts'

const COMPILED = compile(RULES)

/** A version of each era. */
const VERSION: Readonly<Record<Era, string>> = {
  'before 2012-02-12': '2009-09-19',
  '2012-02-12': '2012-02-12',
  '2013-08-15': '2016-05-31',
  '2017-07-29': '2018-11-09',
  '2019-02-02': '2019-12-12',
  '2020-02-10': '2023-11-03',
}

function differences(earlier: Era, later: Era): readonly string[] {
  const found = RESOURCE_KINDS.flatMap((kind) =>
    [...new Set(operationsOf(kind).map(classOf))].flatMap((of) =>
      layersFor(COMPILED, kind, of).flatMap((layer) => [
        ...(answersDiffer(kind, layer, earlier, later) ? [`${kind} ${of}: ${layer.layer}`] : []),
        ...headersThatDiffer(layer, earlier, later).map((name) => `${kind} ${of}: ${name}`),
      ]),
    ),
  )
  return [...new Set(found)]
}

function answersDiffer(kind: ResourceKind, layer: CompiledLayer, earlier: Era, later: Era): boolean {
  if (!layer.features.includes('era')) return false
  for (const index of placesOf(
    kind,
    layer,
    layer.features.filter((name) => name !== 'era'),
  )) {
    const [before, after] = [ruleAt(layer, index, earlier), ruleAt(layer, index, later)]
    if (before !== after && JSON.stringify(told(before)) !== JSON.stringify(told(after))) return true
  }
  return false
}

type Place = ReadonlyMap<FeatureName, string>

function* placesOf(
  kind: ResourceKind,
  layer: CompiledLayer,
  [first, ...rest]: readonly FeatureName[],
): Generator<Place> {
  if (first === undefined) yield new Map()
  else
    for (const others of placesOf(kind, layer, rest))
      for (const value of valuesFor(kind, first)) yield new Map([...others, [first, value]])
}

function ruleAt({ features, rules, table }: CompiledLayer, place: Place, era: Era): Rule | undefined {
  const value = (name: FeatureName) => (name === 'era' ? era : place.get(name)!)
  const indexOf = (name: FeatureName) => (FEATURES[name].values as readonly string[]).indexOf(value(name))
  return rules[table[features.reduce((sum, name) => sum * FEATURES[name].values.length + indexOf(name), 0)]!]
}

/** What a rule says but for its headers and its evidence. */
function told(rule: Rule | undefined) {
  const outcomes = rule?.expect.map(({ status, code, next, clock }) =>
    [status, code, next, clock].map((each) => each.values),
  )
  return [outcomes, rule?.also]
}

function headersThatDiffer({ rules }: CompiledLayer, earlier: Era, later: Era): readonly string[] {
  return rules
    .filter(({ when: { era } }) => era === undefined || (era.includes(earlier) && era.includes(later)))
    .flatMap(({ expect: outcomes }) => outcomes.flatMap(({ headers }) => headers))
    .filter((claim) => isInForce(claim, VERSION[earlier]) !== isInForce(claim, VERSION[later]))
    .map(({ header }) => header)
}

/** What is said of several classes of a kind. */
function each(kind: ResourceKind, classes: string, ...what: readonly string[]): readonly string[] {
  return classes.split(', ').flatMap((of) => what.map((one) => `${kind} ${of}: ${one}`))
}

const ACTIONS = 'acquire, renew, change, release, break'
const REPORT = ['x-ms-lease-state', 'x-ms-lease-status', 'x-ms-lease-duration']
const TAGS = ['etag', 'last-modified']

/** Where an era differs from the one before it: in which layer for which operations, or in which header. */
const CHANGES: Readonly<Record<Exclude<Era, 'before 2012-02-12'>, readonly string[]>> = {
  '2012-02-12': [
    ...each('blob', 'acquire, change, break', 'syntax'),
    ...each('blob', 'acquire, renew, break', 'transition'),
    ...each('blob', 'observe, list', 'x-ms-lease-state', 'x-ms-lease-duration'),
    ...each('blob', 'copy', 'existence', 'lease', 'transition'),
    ...each('container', ACTIONS, 'syntax'),
    ...each('container', 'observe, read, write, delete', 'syntax', 'lease'),
    ...each('container', 'observe, list', ...REPORT),
  ],
  '2013-08-15': [
    ...each('blob', ACTIONS, 'etag'),
    ...each('blob', 'create, copy', 'existence'),
    ...each('container', ACTIONS, ...TAGS),
    ...each('container', 'observe, read', ...TAGS),
  ],
  '2017-07-29': [],
  '2019-02-02': [
    ...each('file', ACTIONS, 'syntax'),
    ...each('file', 'observe, read, write, create, copy, abort, rename, delete', 'syntax', 'lease'),
    ...each('file', 'create, copy, rename', 'existence'),
    ...each('file', 'observe', ...REPORT),
  ],
  '2020-02-10': [
    ...each('share', ACTIONS, 'syntax'),
    ...each('share', 'observe, read, snapshot, write, delete', 'syntax', 'lease'),
    ...each('share', 'observe, list', ...REPORT),
    ...each('share-snapshot', ACTIONS, 'syntax'),
    ...each('share-snapshot', 'observe, delete', 'syntax', 'lease'),
    ...each('share-snapshot', 'observe', ...REPORT),
  ],
}

describe('what differs from the era before is what is documented, and nothing else', () => {
  test.each(Object.entries(CHANGES))('%s', (era, changes) => {
    const earlier = ERAS[ERAS.indexOf(era as Era) - 1]!
    expect([...differences(earlier, era as Era)].sort()).toEqual([...changes].sort())
  })
})

const VERSIONS = [
  '2009-09-19',
  '2012-02-12',
  '2013-08-15',
  '2016-05-31',
  '2017-07-29',
  '2018-11-09',
  '2019-02-02',
  '2020-02-10',
  '2023-11-03',
] as const

const IGNORED_OR_REFUSED = ['400 InvalidHeaderValue', '400 UnsupportedHeader', '400 InvalidInput']
const NO_LEASE = (code: string) => `412 LeaseNotPresentWith${code}Operation`
const SOMEHOW = '400 or 404'

type Since = readonly (readonly [version: string, answers: readonly string[] | typeof SOMEHOW])[]

/** Requests, and what may be answered from which version on. */
const REQUESTS: readonly (readonly [token: string, since: Since])[] = [
  [
    'blob/acquire',
    [
      ['2009-09-19', ['201']],
      ['2012-02-12', ['400 MissingRequiredHeader']],
    ],
  ],
  [
    'blob/acquire,duration=15',
    [
      ['2009-09-19', [...IGNORED_OR_REFUSED, '201']],
      ['2012-02-12', ['201']],
    ],
  ],
  [
    'blob/change,id=A,proposed=B',
    [
      ['2009-09-19', IGNORED_OR_REFUSED],
      ['2012-02-12', ['409 LeaseNotPresentWithLeaseOperation']],
    ],
  ],
  ['blob/renew,id=A', [['2009-09-19', ['409 LeaseIdMismatchWithLeaseOperation']]]],
  ['blob/release,id=malformed:x', [['2009-09-19', ['400 InvalidHeaderValue']]]],
  ['blob/putBlob,id=A', [['2009-09-19', [NO_LEASE('Blob')]]]],
  [
    'blob-absent/putBlob,id=A',
    [
      ['2009-09-19', ['201']],
      ['2013-08-15', [NO_LEASE('Blob')]],
    ],
  ],
  ['blob-absent/renew,id=A', [['2009-09-19', ['404 BlobNotFound']]]],
  [
    'blob/copyBlob,source=blob',
    [
      ['2009-09-19', ['201']],
      ['2012-02-12', ['202']],
    ],
  ],
  [
    'blob-absent/copyBlob,source=blob,id=A',
    [
      ['2009-09-19', ['201']],
      ['2012-02-12', ['202']],
      ['2013-08-15', [NO_LEASE('Blob')]],
    ],
  ],
  [
    'container/acquire,duration=15',
    [
      ['2009-09-19', SOMEHOW],
      ['2012-02-12', ['201']],
    ],
  ],
  [
    'container/deleteContainer,id=A',
    [
      ['2009-09-19', [...IGNORED_OR_REFUSED, '202']],
      ['2012-02-12', [NO_LEASE('Container')]],
    ],
  ],
  ['container/deleteContainer', [['2009-09-19', ['202']]]],
  [
    'file/acquire,duration=-1',
    [
      ['2009-09-19', SOMEHOW],
      ['2019-02-02', ['201']],
    ],
  ],
  [
    'file/release,id=malformed:x',
    [
      ['2009-09-19', SOMEHOW],
      ['2019-02-02', ['400 InvalidHeaderValue']],
    ],
  ],
  [
    'file/getFile,id=A',
    [
      ['2009-09-19', [...IGNORED_OR_REFUSED, '200']],
      ['2019-02-02', [NO_LEASE('File')]],
    ],
  ],
  ['file/getFile', [['2009-09-19', ['200']]]],
  [
    'share/acquire,duration=15',
    [
      ['2009-09-19', SOMEHOW],
      ['2020-02-10', ['201']],
    ],
  ],
  [
    'share-snapshot/acquire,duration=15',
    [
      ['2009-09-19', SOMEHOW],
      ['2020-02-10', ['201']],
    ],
  ],
  [
    'share/deleteShare,id=A',
    [
      ['2009-09-19', [...IGNORED_OR_REFUSED, '202']],
      ['2020-02-10', [NO_LEASE('Container')]],
    ],
  ],
  ['share/deleteShare', [['2009-09-19', ['202']]]],
]

describe('a request in each version', () => {
  const rows = REQUESTS.flatMap(([token, since]) =>
    VERSIONS.map((version) => [version, token, since.findLast(([first]) => version >= first)![1]] as const),
  )
  test.each(rows)('%s: %s', (version, token, answers) => {
    const permitted = permittedIn(version, token)
    if (answers === SOMEHOW) expect(permitted.filter((each) => !/^40[04] /.test(each))).toEqual([])
    else expect(permitted).toEqual(answers)
  })
})

describe('before version 2012-02-12', () => {
  test.each([
    ['acquire/acquire', ['409 LeaseAlreadyPresent']],
    ['acquire/putBlob', ['412 LeaseIdMissing']],
    ['acquire/putBlob,id=held', ['201']],
    ['acquire/renew,id=held', ['200']],
    ['acquire/release,id=held/acquire', ['201']],
    ['acquire/release,id=held/renew,id=held', ['200']],
    ['acquire/release,id=held/renew,id=B', ['409 LeaseIdMismatchWithLeaseOperation']],
    ['acquire/release,id=held/break', ['409 LeaseNotPresentWithLeaseOperation', '202']],
    ['acquire/break', ['202']],
    ['acquire/break/break', ['409 LeaseAlreadyBroken']],
    ['acquire/break/renew,id=held', ['409 LeaseIsBrokenAndCannotBeRenewed']],
    ['acquire/break/release,id=held', ['200']],
    ['break', ['409 LeaseNotPresentWithLeaseOperation', '202']],
  ])('%s', (steps, answers) => expect(permittedIn('2009-09-19', `blob/${steps}`)).toEqual(answers))
})

test('before version 2012-02-12 a lease lasts 60 s, and so does one that is renewed after its release', () => {
  const version = '2009-09-19'
  const world = worldOf([{ name: 'blob', kind: 'blob', condition: 'present' }])
  const acquired = serve(COMPILED, started(world), operation('acquire', 'blob', {}, version), 0)
  const id = { leaseId: acquired.answer.headers['x-ms-lease-id']! }
  const write = operation('setBlobMetadata', 'blob', {}, version)
  const statusAt = (state: Served['state'], ms: number) => serve(COMPILED, state, write, ms).answer.status
  expect([statusAt(acquired.state, 59_999), statusAt(acquired.state, 60_000)]).toEqual([412, 200])

  const released = serve(COMPILED, acquired.state, operation('release', 'blob', id, version), 1000)
  const renewed = serve(COMPILED, released.state, operation('renew', 'blob', id, version), 2000)
  expect(renewed.answer).toMatchObject({ status: 200, headers: { 'x-ms-lease-id': id.leaseId } })
  expect([statusAt(renewed.state, 61_999), statusAt(renewed.state, 62_000)]).toEqual([412, 200])
})

describe('conditions on tags are unknown before version 2019-12-12', () => {
  test.each(VERSIONS)('%s', (version) => {
    const answers = permittedIn(version, 'blob/getBlob,if=x-ms-if-tags:unmet')
    if (version >= '2019-12-12') expect(answers).toEqual(['412 ConditionNotMet'])
    else expect(answers.at(-1)).toBe('200')
  })
})

describe('the tags that a lease operation answers', () => {
  test.each(VERSIONS.slice(1))('%s', (version) => {
    const tags = (token: string) =>
      Object.keys(playedIn(version, token).answer.headers).filter((name) => TAGS.includes(name))
    const isOld = version < '2013-08-15'
    expect(tags('blob/acquire,duration=15')).toEqual(isOld ? ['last-modified'] : TAGS)
    expect(tags('container/acquire,duration=15')).toEqual(isOld ? [] : TAGS)
  })
})

/** The last step of a token, played in a version. */
function playedIn(version: string, token: string) {
  const read = readToken(`lc1/${token}`)
  if ('error' in read) throw new Error(read.error)
  let state = started(worldOf(read.scenario.world))
  let memory: Memory = {}
  let last: Served | undefined
  for (const [place, step] of read.scenario.steps.entries()) {
    if (isWait(step)) throw new Error('nothing waits here')
    last = serve(COMPILED, state, operationOf(step, memory, place, version), 1_000_000_000_000 + place)
    memory = remembering(memory, step, last.answer)
    state = last.state
  }
  return last!
}

function permittedIn(version: string, token: string): readonly string[] {
  const { situation } = playedIn(version, token)
  const { name } = situation.operation
  const answers: string[] = []
  for (let each: Response | undefined = respond(COMPILED, situation); each !== undefined; each = each.otherwise) {
    for (const { status, code } of each.outcomes) {
      for (const value of status.values.map((one) => (one === 'success' ? successOf(name) : one)))
        answers.push(...code.values.map((one) => (one === 'none' ? `${value}` : `${value} ${one}`)))
    }
  }
  return [...new Set(answers)]
}
