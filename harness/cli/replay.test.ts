import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { serialise } from '../../reports/ndjson.ts'
import { SAMPLE_HEADER, SAMPLE_PROPERTY } from '../../reports/sample-events.ts'
import { leasecheck, removeTemporaryFolders, resultsFile, resultsIn, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const AGREES = 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline-1000ms/renew,id=A'
const DIVERGES = 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline+1000ms/renew,id=B/getBlobProperties'

const WAITS = 'lc1/blob/acquire,proposed=A,duration=60/wait,10000ms/renew,id=A'
const WAITS_TWICE = 'lc1/blob/acquire,proposed=A,duration=60/wait,5000ms/getBlobProperties/wait,5000ms/renew,id=A'

interface Told {
  readonly scenario: string
  readonly steps: readonly {
    readonly step: string
    readonly rules: readonly string[]
    readonly divergences: unknown[]
  }[]
}

describe('replay on an embedded Azurite', () => {
  const cwd = temporaryFolder()

  test('of a token that agrees tells every step and ends with 0', async () => {
    const { status, stdout, stderr } = await leasecheck(['replay', AGREES], { cwd })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.split('\n')).toEqual([
      AGREES,
      expect.stringMatching(/^ {2}1 +\+0\.000 s {2}acquire proposed=A duration=15 {2}-> {2}201, lease id A/),
      expect.stringMatching(/^ {2}2 .*wait/),
      expect.stringMatching(/^ {2}3 +\+14\.000 s {2}renew id=A {2}-> {2}200/),
      'agrees with the model',
      '',
    ])
  })

  test('of a token that diverges says where, and what it did not play, and ends with 1', async () => {
    const { status, stdout } = await leasecheck(['replay', DIVERGES], { cwd })
    expect(status).toBe(1)
    expect(stdout).toMatch(
      /\^ status: expected 409 .*, observed 200 \((settled|documented); rule blob\.renew\.expired\.another\)/,
    )
    expect(stdout).toContain('1 more step was not played')
    expect(stdout).toMatch(/\n1 divergence\n$/)
  })

  test('goes through the JavaScript SDK where that is asked for, and says what it cannot ask of it', async () => {
    const { status, stdout, stderr } = await leasecheck(['replay', `${AGREES}/renew/break,id=A`, '--driver', 'js'], {
      cwd,
    })
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'leasecheck: driver js has no call for renew, break,id=A; the scenario is played without\n',
    })
    expect(stdout).toContain(`${AGREES}\n`)
    expect(stdout).toContain('agrees with the model')
  })

  test('of a file of tokens plays each of them, and gives an object a line with --json', async () => {
    const file = join(cwd, 'tokens.txt')
    writeFileSync(file, `# two\n${AGREES}\n\n${DIVERGES}\n`)
    const { status, stdout } = await leasecheck(['replay', file, '--json'], { cwd })
    expect(status).toBe(1)
    const told = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Told)
    expect(told.map(({ scenario }) => scenario)).toEqual([AGREES, DIVERGES])
    expect(told[0]!.steps.flatMap(({ divergences }) => divergences)).toEqual([])
    expect(told[1]!.steps.at(-1)).toMatchObject({
      step: 'renew id=B',
      divergences: [{ rule: 'blob.renew.expired.another', field: 'status' }],
    })
  })

  test('of the results of a run repeats its divergences', async () => {
    await leasecheck(['run', '--kinds', 'blob', '--only', 'renew expired', '--processes', '1', '--baseline', 'none'], {
      cwd,
    })
    const tokens = resultsIn(cwd).events.flatMap((event) => (event.event === 'bucket' ? [event.scenario] : []))
    const { status, stdout } = await leasecheck(['replay', resultsFile(cwd)], { cwd })
    expect(status).toBe(1)
    expect(stdout.match(/^lc1\/.*$/gm)).toEqual(tokens)
    expect(stdout).not.toContain('agrees with the model')
    // A run that was cut off has its divergences too, but one whose lines are damaged is not trusted.
    const whole = readFileSync(resultsFile(cwd), 'utf8')
    writeFileSync(resultsFile(cwd), whole.slice(0, -20))
    expect((await leasecheck(['replay', resultsFile(cwd)], { cwd })).status).toBe(1)
  })

  test('of a difference between two plays plays both, and says what came of it', async () => {
    const file = join(cwd, 'property.ndjson')
    const bucket = { ...SAMPLE_PROPERTY, rule: 'blob.property.waits-add-up', scenario: WAITS }
    writeFileSync(file, [SAMPLE_HEADER, bucket].map(serialise).join(''))
    const { status, stdout } = await leasecheck(['replay', file], { cwd })
    expect(stdout.match(/^lc1\/.*$/gm)).toEqual([WAITS, WAITS_TWICE])
    expect(stdout).toMatch(/\n"To wait in one go or in two, .+" No difference between the two was seen\.\n$/)
    expect(status).toBe(0)
    const { stdout: json } = await leasecheck(['replay', file, '--json'], { cwd })
    const told = json.trimEnd().split('\n')
    expect(told.map((line) => JSON.parse(line))).toMatchObject([
      { scenario: WAITS, property: 'waits-add-up' },
      { scenario: WAITS_TWICE, property: 'waits-add-up' },
    ])
  })
})
