import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { VERIFICATION } from '../../reports/verification/document.ts'
import { WRITERS } from '../recordings/importing/testing/written-recording.ts'
import { altered, leaseSession } from '../recordings/verifying-files/testing/lease-session.ts'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from './child-command.ts'

afterAll(removeTemporaryFolders)

test('where much is to do several threads help, and say the same in the same order', async () => {
  const good = WRITERS.vcrpy(Array.from({ length: 60 }, (_, i) => leaseSession(`c${i}`)).flat())
  const bad = WRITERS.vcrpy(altered(leaseSession(), 4, 409, 'LeaseAlreadyBroken'))
  const cwd = temporaryFolder()
  for (let i = 0; i < 90; i++) writeFileSync(join(cwd, `${i + 100}.yaml`), i % 9 === 0 ? bad : good)
  const { status, stdout } = await leasecheck(['verify', '--json', '.'], { cwd })
  const { divergences, summary } = VERIFICATION.parse(JSON.parse(stdout))
  const files = Array.from({ length: 10 }, (_, i) => `${i * 9 + 100}.yaml`)
  expect(divergences).toMatchObject([{ count: 10, seenIn: files.map((file) => ({ file, place: '4' })) }])
  expect(summary.all).toMatchObject({ exchanges: 80 * 480 + 80, unexplained: 10, notJudgeable: 0 })
  expect(status).toBe(1)
})
