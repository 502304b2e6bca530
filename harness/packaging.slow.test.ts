import { execFile, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const MINUTES = 60_000

/** What a command did. */
interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command to its end on the Node that runs the tests, which knows nothing of this repository's packages. */
function run(command: string, options: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`
  const { npm_config_local_prefix: _prefix, NODE_PATH: _path, ...kept } = process.env
  return new Promise((resolve) => {
    const settings = { cwd, env: { ...kept, PATH: path, npm_config_prefer_offline: 'true', ...env } }
    execFile(command, options, { ...settings, maxBuffer: 50_000_000 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

/** A folder of a user, in which nothing is installed but what `npm pack` made of this repository. */
let folder: string
let shipped: readonly string[]

const leasecheck = (options: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  run(join(folder, 'node_modules', '.bin', 'leasecheck'), options, folder, {
    XDG_CACHE_HOME: join(folder, 'cache'),
    ...env,
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leasecheck-packed-'))
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], ROOT)
  expect(packed.status, packed.stdout + packed.stderr).toBe(0)
  shipped = (await readdir(folder)).filter((name) => name.endsWith('.tgz'))
  expect(shipped).toHaveLength(1)
  const [tarball] = shipped as [string]
  shipped = (await run('tar', ['-tzf', tarball], folder)).stdout
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, type: 'module' }))
  const installed = await run('npm', ['install', '--no-audit', '--no-fund', `./${tarball}`], folder)
  expect(installed.status, installed.stderr).toBe(0)
}, 5 * MINUTES)

afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

describe('what is packed', () => {
  test('holds what a user needs', () => {
    expect(shipped).toEqual(
      expect.arrayContaining([
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist/harness/cli/main.js',
        'dist/harness/clock/preload.js',
        'dist/harness/targets/azurite-child.js',
        'dist/model/index.d.ts',
        'dist/model/index.js',
        'harness/drivers/README.md',
        'harness/drivers/go/go.mod',
        'harness/drivers/go/main.go',
        'harness/drivers/protocol/README.md',
        'harness/drivers/protocol/tutorial/driver.mjs',
        'harness/drivers/python/leasecheck_driver/__main__.py',
        'harness/recipes/azure-pipelines.yml',
        'harness/recipes/github-python.yml',
        'package.json',
        'reports/almanac/recordings.json',
        'reports/baselines/azurite-3.37.0.json',
        'reports/schemas/baseline.schema.json',
        'reports/schemas/matrix.schema.json',
        'reports/schemas/results.schema.json',
      ]),
    )
  })

  test('holds nothing that only we need', () => {
    const places =
      /^(dist\/(harness|model|properties|reports)\/|harness\/recipes\/[\w-]+\.yml$|harness\/drivers\/([a-z]+\/)?README\.md$|harness\/drivers\/(go|protocol\/tutorial|python\/leasecheck_driver)\/[\w.]+$|reports\/(baselines|schemas)\/|reports\/almanac\/recordings\.json$|[^/]+$)/
    expect(shipped.filter((file) => !places.test(file))).toEqual([])
    expect(
      shipped.filter((file) => /\.test\.|\/bench\/|sample-events|(?<!\.d)\.ts$|\.tsbuildinfo$/.test(file)),
    ).toEqual([])
  })

  test('holds every baseline and schema of the repository', async () => {
    for (const place of ['reports/baselines', 'reports/schemas'])
      for (const name of await readdir(join(ROOT, place), { recursive: true }))
        if (name.endsWith('.json')) expect(shipped).toContain(`${place}/${name}`)
  })
})

describe('the drivers in other languages come with it:', () => {
  const acquire = ['replay', 'lc1/blob/acquire,duration=15/renew,id=held', 'reference', '--driver']

  test.skipIf(process.env.LEASECHECK_PYTHON === undefined)('Python, where LEASECHECK_PYTHON is set', async () => {
    const { status, stdout, stderr } = await leasecheck([...acquire, 'python'])
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('rror')])
    expect(stdout).toContain('agrees with the model')
  })

  test.skipIf(spawnSync('go', ['version']).status !== 0)(
    'Go, where there is one',
    async () => {
      const { status, stdout, stderr } = await leasecheck([...acquire, 'go'])
      expect([status, stderr]).toEqual([0, expect.not.stringContaining('rror')])
      expect(stdout).toContain('agrees with the model')
    },
    5 * MINUTES,
  )
})

test(
  'installing it brings what every user needs and nothing of what developing needs',
  async () => {
    const { dependencies, devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
    const installed = await readdir(join(folder, 'node_modules'))
    expect(installed).toEqual(expect.arrayContaining(['leasecheck', ...Object.keys(dependencies)]))
    expect(
      installed.filter((name) => Object.keys(devDependencies).some((each) => each.split('/')[0] === name)),
    ).toEqual([])

    const again = await run('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], folder)
    expect(again.status, again.stderr).toBe(0)
    expect(await readdir(join(folder, 'node_modules'))).toEqual(installed)
  },
  MINUTES,
)

describe('the installed command', () => {
  test('tells its version', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
    expect(await leasecheck(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  test('explains an edge case', async () => {
    const { status, stdout } = await leasecheck(['explain', 'blob', 'renew', 'expired'])
    expect(status).toBe(0)
    expect(stdout).toContain('blob.renew.expired')
  })

  test('without Azurite and without permission to fetch it, says what to install', async () => {
    const { status, stderr } = await leasecheck(['run', '--offline'])
    expect(status).toBe(3)
    expect(stderr).toMatch(
      /^leasecheck: Azurite .* is not installed and --offline forbids fetching it; run: npm install --save-dev azurite@/,
    )
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test(
    'fetches Azurite into a cache and checks it, then needs no network',
    async () => {
      const small = ['run', '--kinds', 'blob', '--only', 'renew', 'expired', '--processes', '1']
      const fetched = await leasecheck(small)
      expect(fetched.stderr).toContain('fetching Azurite')
      expect(fetched.stdout).toContain('nothing new')
      expect(fetched.status, fetched.stdout + fetched.stderr).toBe(0)
      expect(await readdir(join(folder, 'leasecheck-results'))).toEqual([
        'cells.json',
        'junit.xml',
        'results.ndjson',
        'summary.md',
      ])

      const offline = await leasecheck([...small, '--offline'])
      expect(offline.stderr).not.toContain('fetching')
      expect(offline.status).toBe(0)
    },
    5 * MINUTES,
  )
})

/** A program of a user's that touches what the package promises: if a type is missing or loose, it does not compile. */
const CONSUMER = `
import { type CompiledRules, compile, judge, RULES, type Rule, type Trace, type Verdict } from 'leasecheck'

const rules: CompiledRules = compile(RULES)
const trace: Trace = {
  clock: { kind: 'virtual', drift: 0 },
  world: [{ name: 'container', kind: 'container', condition: 'present' }],
  steps: [],
}
const verdict: Verdict = judge(rules, trace)
const ids: readonly string[] = RULES.map((rule: Rule) => rule.id)
if (verdict.end !== 'complete' || ids.length === 0) throw new Error('unexpected')
// @ts-expect-error there is no such end
const never: boolean = verdict.end === 'somehow'
// @ts-expect-error a trace has steps
judge(rules, { clock: trace.clock, world: trace.world })
console.log(verdict.end, never)
`

test('the public API compiles under strict settings and runs', async () => {
  const project = join(folder, 'consumer')
  await mkdir(project)
  await writeFile(join(project, 'main.ts'), CONSUMER)
  const compilerOptions = {
    target: 'es2024',
    lib: ['es2024', 'dom'],
    types: [],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
  }
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['main.ts'] }))
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module' }))
  const compiled = await run(join(ROOT, 'node_modules', '.bin', 'tsc'), ['-p', project], project)
  expect(compiled.stdout + compiled.stderr).toBe('')
  expect(compiled.status).toBe(0)
  const program = await readFile(join(project, 'main.js'), 'utf8')
  // The last call lacks its steps on purpose.
  await writeFile(
    join(project, 'main.js'),
    program.replace('judge(rules, { clock: trace.clock, world: trace.world })', ''),
  )
  expect(await run(process.execPath, ['main.js'], project)).toMatchObject({ status: 0, stdout: 'complete false\n' })
})
