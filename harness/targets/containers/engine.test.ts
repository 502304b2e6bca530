import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { leasecheck, removeTemporaryFolders, temporaryFolder } from '../../cli/child-command.ts'
import { loadTestcontainers } from './testcontainers-package.ts'

afterAll(removeTemporaryFolders)

test('without testcontainers, says what to install', () => {
  expect(() => loadTestcontainers([join(tmpdir(), 'nothing-here', 'package.json')])).toThrow(
    /^a container is started with testcontainers, .* run: npm install --save-dev testcontainers$/,
  )
})

const hasEngine = ['/var/run/docker.sock', '/run/podman/podman.sock'].some((place) => existsSync(place))

describe.skipIf(hasEngine)('where no engine runs', () => {
  test('one sentence says so, and the exit status is 3', async () => {
    const cwd = temporaryFolder()
    const env = { HOME: cwd, XDG_RUNTIME_DIR: cwd, DOCKER_HOST: 'unix:///nothing/here.sock' }
    const { status, stdout, stderr } = await leasecheck(['run', 'container:azurite:3.37.0'], { cwd, env })
    expect(stderr).toMatch(/^leasecheck: no container engine answers at DOCKER_HOST=unix:.*: start Docker .*\n$/)
    expect([status, stdout]).toEqual([3, ''])
  })
})

describe('wrong usage is told before anything is started:', () => {
  test.each([
    [['container:two words'], '"two words" is no name of an image'],
    [['container:some/server:1'], 'add --port'],
    [['container:some/server:1', '--port', '80', '--command', 'say "a'], 'a quote that does not end'],
    [['container:azurite', '--kinds', 'file'], 'has no file'],
    [['azurite', '--command', 'x'], '--command belongs to a container'],
  ])('%j', async (args, complaint) => {
    const { status, stderr } = await leasecheck(['run', ...args], { cwd: temporaryFolder() })
    expect(stderr).toMatch(/^leasecheck: .*\n$/)
    expect(stderr).toContain(complaint)
    expect(status).toBe(2)
  })
})
