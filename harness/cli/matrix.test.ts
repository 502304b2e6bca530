import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

const cwd = temporaryFolder()
writeFileSync(join(cwd, 'file'), 'in the way')

describe('wrong usage of matrix ends with 2 and says what to change', () => {
  test.concurrent.each([
    ['--targets reference', "required option '--drivers <drivers>' not specified"],
    ['--drivers rest', "required option '--targets <targets>' not specified"],
    ['--drivers ruby --targets reference', '"ruby" is no driver'],
    ['--drivers rest --targets nowhere', 'there is no target "nowhere"'],
    ['--drivers rest --targets azurite --kinds share', 'no target has share: take the target reference'],
    ['--drivers rest --targets reference --out file', 'results cannot be written to file (EEXIST)'],
  ])('matrix %s', async (args, saying) => {
    const { status, stderr, stdout } = await leasecheck(['matrix', ...args.split(' ')], { cwd })
    expect(stderr).toContain(saying)
    expect(stderr).toMatch(/^leasecheck: .*\n$/)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })
})
