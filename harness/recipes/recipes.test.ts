import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { program } from '../cli/program.ts'
import { VERSION } from '../cli/version.ts'
import { readTargetName } from '../targets/open-target.ts'
import { jobsOf, leasecheckCommandsIn } from './testing/recipe.ts'

const FILES = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yml'))

/** What our own command line makes of words, without doing anything. @throws CommanderError if it makes nothing of them */
async function parsed(words: readonly string[]): Promise<{ command: string; target: unknown; out: unknown }> {
  const all = program()
  let found: { command: string; target: unknown; out: unknown } | undefined
  for (const command of all.commands)
    command.action(() => {
      found = { command: command.name(), target: command.processedArgs[0], out: command.opts().out }
    })
  await all.parseAsync(['node', 'leasecheck', ...words])
  if (found === undefined) throw new Error(`leasecheck ${words.join(' ')} does nothing`)
  return found
}

test('there are recipes for GitHub and for Azure Pipelines, for three languages, the proxy and the matrix', () => {
  expect(FILES).toEqual([
    'azure-pipelines.yml',
    'github-go.yml',
    'github-javascript.yml',
    'github-matrix.yml',
    'github-proxy.yml',
    'github-python.yml',
  ])
})

describe.each(FILES)('%s', (file) => {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8')
  const jobs = jobsOf(text)
  const commented = leasecheckCommandsIn(
    text
      .split('\n')
      .filter((line) => line.startsWith('#'))
      .join('\n'),
  )

  test('every leasecheck command in it is one, of this version', async () => {
    const commands = [...jobs.flatMap(({ scripts }) => scripts.flatMap(leasecheckCommandsIn)), ...commented]
    expect(commands.length).toBeGreaterThan(0)
    for (const { version, words } of commands) {
      const { command, target } = await parsed(words)
      expect(['run', 'proxy', 'matrix']).toContain(command)
      if (command !== 'matrix') expect(() => readTargetName(String(target)), words.join(' ')).not.toThrow()
      expect(version ?? VERSION).toBe(VERSION)
    }
    expect(text.match(/leasecheck@[\w.]+/g)?.filter((each) => each !== `leasecheck@${VERSION}`)).toEqual([])
  })

  test('every job checks something, and publishes what that leaves behind', async () => {
    for (const { name, scripts, text: said } of jobs) {
      const [command] = scripts.flatMap(leasecheckCommandsIn)
      expect(command, name).toBeDefined()
      const { out, command: of } = await parsed(command!.words)
      const reports = of === 'matrix' ? ['matrix.md'] : ['summary.md', 'junit.xml']
      const published = [...said.matchAll(/[^\s"\]]+\/([\w-]+\.(?:md|xml))/g)]
      expect(published.length, name).toBeGreaterThan(0)
      for (const [path, report] of published) {
        expect(reports).toContain(report)
        expect(path).toBe(`${out}/${report}`)
      }
      expect(said).toContain(String(out))
      expect(said).not.toMatch(/\$\{\{ matrix\./)
    }
  })

  test('what goes wrong is shown too: reports are published whether or not the check fails', () => {
    for (const { text: said } of jobs) {
      const steps = JSON.parse(said) as Readonly<Record<string, unknown>>[]
      const publishing = steps.filter((step) => /summary|matrix\.md|junit\.xml|artifact/.test(JSON.stringify(step)))
      const checking = steps.findIndex((step) => leasecheckCommandsIn(String(step.run ?? step.bash ?? '')).length > 0)
      const after = publishing.filter((step) => steps.indexOf(step) > checking)
      expect(after.length).toBeGreaterThan(1)
      for (const step of after) expect(step.if ?? step.condition).toMatch(/^always\(\)$|^succeededOrFailed\(\)$/)
    }
  })
})

test('a command that is none is noticed', async () => {
  const script = 'npx --yes leasecheck@0.1.0 run reference --drivre js\nnpx leasecheck run a b "c d"'
  const [wrong, tooMuch] = leasecheckCommandsIn(script)
  expect(wrong).toEqual({ version: '0.1.0', words: ['run', 'reference', '--drivre', 'js'] })
  expect(tooMuch!.words).toEqual(['run', 'a', 'b', 'c d'])
  await expect(parsed(wrong!.words)).rejects.toThrow('unknown option')
  await expect(parsed(tooMuch!.words)).rejects.toThrow('too many arguments')
})
