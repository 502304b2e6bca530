import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compile } from '../../../model/compiled-rules.ts'
import { explore } from '../../../model/machine.ts'
import { RESOURCE_KINDS } from '../../../model/resource.ts'
import { RULES } from '../../../model/rules/index.ts'
import { Session } from '../../cli/session.ts'
import { type EmptyServer, emptyServer } from '../../reference/testing/empty-server.ts'
import { openTarget } from '../open-target.ts'
import { candidateProbes } from './candidate-probes.ts'
import { type Survey, survey } from './survey.ts'
import { type AskedFor, type Bend, bentServer } from './testing/bent-server.ts'

const VERSION = '2023-11-03'
const OF_BLOBS = RESOURCE_KINDS.filter((kind) => !/share|file/.test(kind))
const RULES_OF_ALL = compile(RULES)
const CANDIDATES = candidateProbes(
  RULES_OF_ALL,
  OF_BLOBS.map((kind) => explore(RULES_OF_ALL, kind, { version: VERSION })),
)

let server: EmptyServer
beforeAll(async () => {
  server = await emptyServer()
})
afterAll(() => server.close())

/** What a survey finds of the reference server, some requests to which go another way. */
async function surveyOf(bend: (asked: AskedFor) => Bend): Promise<Survey & { readonly asked: number }> {
  const bent = await bentServer(new URL(server.url).origin, bend)
  try {
    const options = { processes: 1, port: undefined, offline: true, clock: 'header', apiVersion: VERSION } as const
    const target = await openTarget(bent.url, { ...options, onProgress: () => {} })
    const session = new Session(target, VERSION, 'leasecheck-test')
    let asked = 0
    const found = await survey(CANDIDATES, CANDIDATES.keys(), (probe) => {
      asked++
      return session.ask(probe)
    })
    expect([...session.leftBehind]).toEqual([])
    await session.close()
    return { ...found, asked }
  } finally {
    bent.close()
  }
}

const isBlob = ({ path }: AskedFor) => path.split('/').length > 2
const comp = ({ query }: AskedFor) => query.get('comp')

describe('a survey', () => {
  test('finds nothing missing where everything is known, and asks for each operation once', async () => {
    const { missing, shown, asked } = await surveyOf(() => 'passes')
    expect([...missing]).toEqual([])
    expect(shown).toEqual([])
    expect(asked).toBeGreaterThan(45)
  })

  test.each<[string, Bend, string]>([
    ['404', { status: 404 }, '404'],
    ['405', { status: 405, headers: { 'x-ms-error-code': 'UnsupportedHttpVerb' } }, '405 UnsupportedHttpVerb'],
    ['501', { status: 501 }, '501'],
    ['400 without a code', { status: 400 }, '400'],
    [
      '400 with a code in the body alone',
      { status: 400, body: '<?xml version="1.0"?><Error><Code>UnsupportedQueryParameter</Code></Error>' },
      '400 UnsupportedQueryParameter',
    ],
    ['500 that says so', { status: 500, body: '{"error":"not implemented"}' }, '500'],
  ])('takes %s for an operation that is not implemented', async (_, answer, observed) => {
    const { missing } = await surveyOf((asked) => (comp(asked) === 'tags' ? answer : 'passes'))
    // A HEAD has no body to say it in, and neither operation is one.
    expect([...missing].sort()).toEqual([
      ['blob.implements.getBlobTags', observed],
      ['blob.implements.setBlobTags', observed],
    ])
  })

  test('takes a refusal of what is known for no such thing', async () => {
    const refusal = { status: 400, headers: { 'x-ms-error-code': 'InvalidHeaderValue' } }
    expect((await surveyOf((asked) => (comp(asked) === 'tags' ? refusal : 'passes'))).missing.size).toBe(0)
  })

  test('does not take a server that is out of order for a moment for one that knows less', async () => {
    let times = 0
    const { missing } = await surveyOf((asked) =>
      comp(asked) === 'tags' && times++ < 2 ? { status: 503, headers: { 'x-ms-error-code': 'ServerBusy' } } : 'passes',
    )
    expect(missing.size).toBe(0)
  })

  test('sees that a blob was written instead of what was asked for', async () => {
    const writes = { 'x-ms-blob-type': 'BlockBlob' }
    const { missing } = await surveyOf((asked) =>
      asked.method === 'PUT' &&
      isBlob(asked) &&
      ['tags', 'lease', 'snapshot', 'block', 'page'].includes(comp(asked) ?? '')
        ? { query: new URLSearchParams(), headers: writes }
        : 'passes',
    )
    const found = Object.fromEntries(missing)
    expect(found).toMatchObject({
      'blob.implements.setBlobTags': expect.stringContaining('201'),
      'blob.implements.acquire': expect.stringContaining('201'),
      'blob.implements.snapshotBlob': '201 without x-ms-snapshot',
      'blob.implements.putPage': expect.stringContaining('overwritten'),
      'blob.implements.putBlock': expect.stringContaining('overwritten'),
    })
    expect(Object.keys(found).filter((rule) => rule.startsWith('container'))).toEqual([])
  })

  test('sees that a container was made instead of leased, and checks the blobs all the same', async () => {
    const { missing } = await surveyOf((asked) =>
      !isBlob(asked) && comp(asked) === 'lease' ? { query: new URLSearchParams({ restype: 'container' }) } : 'passes',
    )
    expect([...missing]).toEqual([['container.implements.acquire', '409 ContainerAlreadyExists']])
  })

  test('sees that content was read instead of what was asked for', async () => {
    const { missing } = await surveyOf((asked) =>
      asked.method === 'GET' && isBlob(asked) ? { query: new URLSearchParams() } : 'passes',
    )
    expect([...missing].sort()).toEqual([
      ['blob.implements.getBlobTags', '200 without Tags'],
      ['blob.implements.getBlockList', '200 without BlockList'],
      ['blob.implements.getPageRanges', '200 without PageList'],
    ])
  })

  test('asks for nothing that needs what is missing', async () => {
    const { missing, asked } = await surveyOf((each) =>
      isBlob(each) && each.method === 'PUT' ? { status: 405 } : 'passes',
    )
    expect([...missing.keys()].filter((rule) => rule.startsWith('blob.')).sort()).toEqual(
      expect.arrayContaining(['blob.implements.putBlob', 'blob.implements.putAppendBlob']),
    )
    expect([...missing.keys()]).not.toContain('blob.implements.acquire')
    expect([...missing.keys()].filter((rule) => rule.startsWith('container.'))).toEqual([])
    expect(asked).toBeLessThan(30)
  })

  test('ends where plain requests are never answered', async () => {
    const bent = surveyOf((asked) => (comp(asked) === 'tags' ? 'is never answered' : 'passes'))
    await expect(bent).rejects.toThrow(/took [gs]etBlobTags on a blob, a plain request, and never answered it/)
  })
})
