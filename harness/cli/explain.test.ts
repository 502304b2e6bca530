import { afterAll, expect, test } from 'vitest'
import { EXPLANATION } from '../../reports/explanation-file.ts'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const cwd = temporaryFolder()

test.each([
  ['LeaseIdMismatchWithLeaseOperation', /^edge cases\n {2}- renew-after-expiry: /],
  ['breaking', /^How long does a break without a period take\?\n/],
  ['blob renew expired', /^Can a lease be renewed after it has expired\?\n/],
  ['share delete leased', /\n\nshare\.lease\.delete\.leased\.no-id\n/],
  ['If-None-Match: *', /^Can the holder overwrite its blob with If-None-Match: \*\?\n/],
  ['blob.renew.expired.another', /^blob\.renew\.expired\.another\n {2}for {7}renew on a blob\n/],
  ['claims', /^what documents claim: \d+ claims, /],
  ['gaps container', /^what nobody knows: \d+ gaps; container \d+\n/],
])('explains %s', async (words, told) => {
  const { status, stdout, stderr } = await leasecheck(['explain', ...words.split(' ')], { cwd })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(told)
})

test('words may be quoted, and --json gives what its schema says', async () => {
  const { status, stdout } = await leasecheck(['explain', 'renew after', 'expiry', '--json'], { cwd })
  expect(status).toBe(0)
  const { question, edgeCases } = EXPLANATION.parse(JSON.parse(stdout))
  expect(question).toBe('renew after expiry')
  expect(edgeCases[0]!.id).toBe('renew-after-expiry')
})

test('a replay token is walked through, step by step', async () => {
  const token = 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline+1000ms/renew,id=B'
  const { stdout } = await leasecheck(['explain', token], { cwd })
  expect(stdout).toContain('  2  wait,deadline+1000ms\n  3  renew,id=B\n')
  expect(stdout).toMatch(
    /^ {5}answer +409 LeaseIdMismatchWithLeaseOperation \(inferred\)\n {5}blob +expired, as before$/m,
  )
  expect(stdout).toMatch(/^ {5}rule +blob\.renew\.expired\.another\n {5}known +azurite /m)
  const json = await leasecheck(['explain', token, '--json'], { cwd })
  const { steps } = EXPLANATION.parse(JSON.parse(json.stdout))
  expect(steps?.map(({ answered }) => answered?.rule)).toEqual([
    'blob.acquire.available.proposal',
    undefined,
    'blob.renew.expired.another',
  ])
})

test.each([
  [
    'blob.renew.expired.match',
    /there is no rule blob\.renew\.expired\.match; did you mean blob\.renew\.expired\.held, or /,
  ],
  ['blob renw expired', /did you mean blob renew expired/],
  ['lc1/blob/acquir', /step 1 is "acquir", which is no operation/],
])('%s: one line that helps, and status 2', async (words, message) => {
  const { status, stdout, stderr } = await leasecheck(['explain', ...words.split(' ')], { cwd })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(message)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('the help shows what can be asked', async () => {
  const { status, stdout } = await leasecheck(['explain', '--help'], { cwd })
  expect(status).toBe(0)
  expect(stdout).toContain('leasecheck explain "If-None-Match: *"')
})
