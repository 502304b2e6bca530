import { describe, expect, test } from 'vitest'
import { EXPLANATION, type Explanation } from '../../../reports/explanation-file.ts'
import { painter } from '../../../reports/terminal/paint.ts'
import { answerJson } from './answer-json.ts'
import { answerText } from './answer-text.ts'
import { findingsFor } from './findings.ts'
import { questionOf } from './question.ts'

function explained(words: string, { all = false, colour = false } = {}): string {
  const question = questionOf([words])
  const text = answerText(question, findingsFor(question), all, painter(colour))
  // What can be copied is not broken; everything else keeps to the width of a report.
  for (const line of text.split('\n'))
    if (!/https:|'lc1\/|leasecheck explain|^ +\S+#[0-9.]+$/.test(line) && !colour)
      expect(line.length, line).toBeLessThanOrEqual(100)
  return text
}

function asJson(words: string): Explanation {
  const question = questionOf([words])
  return EXPLANATION.parse(JSON.parse(JSON.stringify(answerJson(question, findingsFor(question)))))
}

describe('a rule', () => {
  test('that is named comes alone: how sure it is and why, what shows it, what known targets do instead', () => {
    const stdout = explained('blob.renew.expired.another')
    expect(stdout).toMatch(/^blob\.renew\.expired\.another\n {2}for {7}renew on a blob\n/)
    expect(stdout).toMatch(/^ {2}status {4}409 \((settled|documented)\)\n {12}- .+$/m)
    expect(stdout).toMatch(/^ {2}shown by {2}npx leasecheck replay 'lc1\/blob\/.+\/renew,id=B' reference$/m)
    expect(stdout).toMatch(/^ {2}known {5}azurite \d.*: /m)
    expect(stdout).toMatch(/^ +npx leasecheck replay 'lc1\/blob\/[^']+'$/m)
    expect(stdout).toMatch(/\nsources\n(?: {2}- .+\n {4}https:.+(?:\n|$))+$/)
    expect(stdout).not.toContain('blob.renew.expired.held')
  })

  test.each([
    ['client acquire', 'client.blob.acquire.sends', 'a client library that is called for acquire on a blob'],
    ['client.file.renew', 'client.file.renew.sends.requests', 'a client library that is called for renew on a file'],
    ['share.property.waits-add-up', 'property.waits-add-up', 'a server that is compared with itself'],
    ['blob.implements.putBlobFromUrl', 'blob.implements.putBlobFromUrl', 'Put Blob From URL on a blob'],
    ['share-snapshot break', 'share-snapshot.break', 'break on a share snapshot'],
    ['file renew', 'file.renew.undocumented', 'renew on a file'],
  ])('is found by %s', (words, id, subject) => {
    const stdout = explained(words)
    expect(stdout).toMatch(new RegExp(`^${id.replaceAll('.', '\\.')}\\S*\\n  for +.*${subject}`, 'm'))
  })

  test('says in words what else is permitted, and which versions a header belongs to', () => {
    const wildcard = explained('blob.condition.write.wildcard')
    expect(wildcard).toMatch(/^ {2}or else {3}as if the header had not been sent$/m)
    expect(wildcard).toMatch(/^ {2}or else {3}the refusal of a later check, if there is one$/m)
    const acquire = explained('blob.acquire.available.no-proposal')
    expect(acquire).toMatch(/^ {2}header {4}etag: unchanged, from version 2013-08-15 on \(settled\)$/m)
    expect(acquire).toMatch(/^ {2}header {4}etag: absent, before version 2013-08-15 \(documented\)$/m)
    expect(acquire).toContain('version 2012-02-12 or later')
    expect(acquire).toMatch(
      /^ {2}recorded {2}decided [\d,]+ exchanges of public recordings, e\.g\. in Azure\/\S+:\n {12}\S+#\d+$/m,
    )
  })

  test('of an old version is shown by asking that version', () => {
    const stdout = explained('blob.oldest.renew.available.another')
    expect(stdout).toMatch(/replay 'lc1\/blob\/[^']+' reference --api-version 2011-08-18$/m)
  })
})

describe('what people type', () => {
  test('a question about an edge case is answered, kind by kind, before any rule', () => {
    const stdout = explained('renew after expiry')
    expect(stdout).toMatch(/^Can a lease be renewed after it has expired\?\n {2}Yes, with its own id/)
    expect(stdout).toMatch(/^ {6}blob, container: 200 \(settled\); then leased for 15 s as A, 15 s left$/m)
    expect(stdout.indexOf('\nblob.renew.expired.held\n')).toBeGreaterThan(0)
  })

  test.each([
    ['release twice', 'What does a second release answer?'],
    ['If-None-Match: *', 'Can the holder overwrite its blob with If-None-Match: *?'],
    ['blob renew expired', 'Can a lease be renewed after it has expired?'],
    ['RENEWING "expired" leases', 'Can a lease be renewed after it has expired?'],
    ['durations', 'Which durations are there?'],
    ['renew-after-a-write', 'And after somebody has written to it in the meantime?'],
  ])('%s begins with the question: %s', (words, question) => {
    expect(explained(words).split('\n')[0]).toBe(question)
  })

  test('much is counted by kind and operation, and only the best is told in full', () => {
    const stdout = explained('breaking')
    expect(stdout).toMatch(/^\d+ rules; the 3 that fit best are told in full below$/m)
    expect(stdout).toMatch(/^ {2}- container \d+: break \d+, /m)
    expect(stdout.match(/^ {2}for {7}/gm)).toHaveLength(3)
    expect(stdout).toMatch(/^blob\.\S*breaking\S*$/m)
    expect(stdout).toContain('  - all of them: leasecheck explain --all breaking\n')
    expect(stdout).toMatch(/^what documents claim: \d+ claims, \d+ false/m)
    expect(stdout).toMatch(/^what nobody knows: \d+ gaps; blob \d+/m)
    expect(stdout).toMatch(/^who is known to differ: azurite \S+ \(\d+ divergences\)$/m)
    expect(stdout.split('\n').length).toBeLessThan(150)
  })

  test('a kind alone is no question, and what speaks of it in passing is not about it', () => {
    expect(explained('file')).toMatch(/^edge cases\n/)
    const { rules } = asJson('file leased')
    expect(rules.length).toBeGreaterThan(0)
    expect(rules.every((rule) => rule.about === 'server' && rule.kind === 'file')).toBe(true)
  })

  test('the lease state and the kind decide which rule comes first', () => {
    const stdout = explained('share delete leased')
    expect(stdout).toMatch(/\n\nshare\.lease\.delete\.leased\.no-id\n {2}for {7}deleting on a share\n/)
  })

  test('an operation goes by its name in Azure, a code by a part of it, in any case', () => {
    const operation = asJson('set container metadata breaking')
    expect(operation.rules.length).toBeGreaterThan(0)
    expect(
      operation.rules.every(
        (rule) => rule.about === 'server' && rule.kind === 'container' && rule.classes.includes('write'),
      ),
    ).toBe(true)
    const code = asJson('idmismatchwithlease RENEW')
    const ids = code.rules.map(({ id }) => id)
    expect(ids).toContain('blob.renew.expired.another')
    expect(ids).toContain('container.renew.expired.another')
  })

  test('--all tells everything in full', () => {
    const [some, all] = [explained('file rename locked'), explained('file rename locked', { all: true })]
    expect(all.length).toBeGreaterThan(some.length)
    expect(all).not.toMatch(/--all/)
  })

  test('colours are for terminals', () => {
    expect(explained('release twice')).not.toContain('\u001b')
    expect(explained('release twice', { colour: true })).toContain('\u001b[1mWhat does a second release answer?')
  })
})

describe('a section', () => {
  test('claims: what documents say and whether it is so, the most surprising first', () => {
    const stdout = explained('claims')
    expect(stdout).toMatch(/^what documents claim: \d+ claims, \d+ false, /)
    expect(stdout).toMatch(/^ {2}verdict {3}false\n {12}blob: false \((settled|documented|inferred)\), by blob\./m)
    const { claims, rules, gaps } = asJson('claims copy')
    expect(claims.length).toBeGreaterThan(0)
    expect([rules, gaps]).toEqual([[], []])
  })

  test('gaps: what nobody knows, and the request that would tell', () => {
    const stdout = explained('gaps container')
    expect(stdout).toMatch(/^what nobody knows: \d+ gaps; container \d+$/m)
    expect(stdout).toMatch(/^ {2}(open|inferred) +\w+: /m)
    expect(stdout).toMatch(
      /^ {2}settled {3}by what the service answers to\n {12}npx leasecheck replay 'lc1\/container\//m,
    )
  })

  test('divergences: what targets do otherwise, also where no rule has the words', () => {
    for (const words of ['divergences list', 'azurite list']) {
      const stdout = explained(words)
      expect(stdout).toMatch(/^who is known to differ: azurite \S+ \(\d+ divergences\)/)
      expect(stdout).toMatch(/^ {2}target {4}azurite /m)
    }
  })
})

describe('for programs', () => {
  test('everything that fits, with the scenarios that show it', () => {
    const { question, edgeCases, rules, claims, gaps, divergences } = asJson('blob renew expired')
    expect(question).toBe('blob renew expired')
    expect(edgeCases[0]!.id).toBe('renew-after-expiry')
    expect(edgeCases[0]!.scenes[0]).toMatchObject({ kind: 'blob', answers: '200', level: 'settled' })
    const another = rules.find(({ id }) => id === 'blob.renew.expired.another')!
    expect(another).toMatchObject({ about: 'server', kind: 'blob', apiVersion: '2023-11-03' })
    expect(another.targets.length).toBeGreaterThan(0)
    expect(claims.length).toBeGreaterThan(0)
    expect(gaps[0]).toMatchObject({ gap: 'blob.renew.expired.another', kind: 'blob', about: 'answer' })
    expect(gaps[0]!.scenario).toMatch(/^lc1\/blob\//)
    expect(divergences.map(({ target }) => target)).toContain('azurite 3.37.0')
  })

  test('the rules of clients are for those who name them', () => {
    const { rules } = asJson('blob acquire')
    expect(new Set(rules.map(({ about }) => about))).toEqual(new Set(['server']))
    const named = asJson('client blob acquire')
    expect(new Set(named.rules.map(({ about }) => about))).toEqual(new Set(['client']))
  })
})
