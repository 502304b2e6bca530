import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readToken } from '../../model/notation.ts'
import { PROPOSALS, type Proposals } from '../../reports/proposals.ts'
import { startReference } from '../targets/reference.ts'
import { leasecheck, removeTemporaryFolders, resultsIn, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

function proposalsIn(folder: string): Proposals {
  return PROPOSALS.parse(JSON.parse(readFileSync(join(folder, 'leasecheck-results', 'proposals.json'), 'utf8')))
}

describe('run --only gaps', () => {
  test('asks the reference server everything that nobody knows, and says that its answers are no evidence', async () => {
    const cwd = temporaryFolder()
    const { status, stdout } = await leasecheck(['run', 'reference', '--only', 'gaps'], { cwd })
    expect(status).toBe(0)
    expect(stdout).toContain('not evidence')
    const { isEvidence, proposals, unanswered } = proposalsIn(cwd)
    expect(isEvidence).toBe(false)
    expect(unanswered).toEqual([])
    expect(new Set(proposals.map(({ kind }) => kind))).toEqual(
      new Set(['blob', 'blob-snapshot', 'container', 'share', 'share-snapshot', 'file']),
    )
    for (const { answer, gap } of proposals) {
      expect(answer.requestId, gap).toMatch(/^[0-9a-f-]{36}$/)
      expect(Date.parse(answer.answeredAt), gap).toBeGreaterThan(Date.parse('2026-01-01'))
    }
    expect(proposals.flatMap(({ fields }) => fields).filter(({ result }) => result === 'contradicted')).toEqual([])
    expect(
      resultsIn(cwd)
        .footer!.origins.map(({ origin }) => origin)
        .sort(),
    ).toEqual(['hostile', 'tour'])
  })

  test('asks an embedded Azurite, and tells what it does otherwise than deduced', async () => {
    const cwd = temporaryFolder()
    const { status } = await leasecheck(['run', 'azurite', '--only', 'gaps'], { cwd })
    expect(status).toBe(0)
    const { proposals, standing, target } = proposalsIn(cwd)
    expect(standing).toMatch(/^observed on azurite [0-9.]+, not evidence/)
    expect(target.name).toBe('azurite')
    const results = new Set(proposals.flatMap(({ fields }) => fields.map(({ result }) => result)))
    expect(results).toEqual(new Set(['confirmed', 'chosen', 'contradicted', 'not shown']))
    expect(readFileSync(join(cwd, 'leasecheck-results', 'proposals.md'), 'utf8')).toContain('Do not contribute this')
  })

  test('writes the same bytes twice with --stable-output', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()]
    const args = ['run', 'azurite', '--kinds', 'container', '--only', 'gaps', '--stable-output']
    for (const cwd of [one, two]) expect((await leasecheck(args, { cwd })).status).toBe(0)
    expect(proposalsIn(one)).toEqual(proposalsIn(two))
    expect(proposalsIn(one).proposals.length).toBeGreaterThan(20)
  })

  test('takes more words and the kinds, and lists what it would ask', async () => {
    const cwd = temporaryFolder()
    const args = ['run', 'reference', '--only', 'gaps', 'renew', '--kinds', 'file', '--list']
    const { status, stdout } = await leasecheck(args, { cwd })
    expect(status).toBe(0)
    const tokens = stdout.trim().split('\n')
    expect(tokens.length).toBeGreaterThan(1)
    for (const token of tokens) {
      expect(readToken(token)).toHaveProperty('scenario')
      expect(token).toMatch(/^lc1\/file.*renew/)
    }
  })

  test('sends nothing hostile to a server that is not ours unless told to, and says so', async () => {
    const target = await startReference({ processes: 1, port: undefined, account: undefined, key: undefined })
    try {
      const { url } = target.endpoints[0]!
      const cwd = temporaryFolder()
      const { status } = await leasecheck(['run', url, '--only', 'gaps', 'snapshot'], { cwd })
      expect(status).toBe(0)
      const { proposals, unanswered, isEvidence } = proposalsIn(cwd)
      expect(isEvidence).toBe(false)
      expect(proposals.length).toBeGreaterThan(0)
      expect(unanswered.map(({ reason }) => reason)).toContain(
        'hostile requests go to a server that is not ours only with --hostile',
      )
      const refused = await leasecheck(['run', url, '--only', 'gaps', 'syntax'], { cwd })
      expect(refused.status).toBe(2)
      expect(refused.stderr).toContain('--hostile')
    } finally {
      await target.close()
    }
  })
})
