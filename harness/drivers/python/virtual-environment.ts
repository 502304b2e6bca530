import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { TargetError } from '../../errors.ts'
import type { Interpreter } from './interpreter.ts'
import type { Requirements } from './sdk-versions.ts'

const DRAFT = '.draft-'
const PIP = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input']
const KEPT_CHARACTERS = 4_000

/** The interpreter inside a virtual environment. */
export function interpreterIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python')
}

/**
 * Makes a virtual environment with some packages. It is made beside its final folder and renamed, so a folder that exists is
 * complete, also if two make it at once; what an earlier attempt left when it was killed is removed.
 * @throws TargetError with the last line of what failed.
 */
export async function makeEnvironment(
  folder: string,
  { command }: Interpreter,
  requirements: Requirements,
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  await removeAbandoned(folder)
  const draft = await mkdtemp(`${folder}${DRAFT}${process.pid}-`)
  try {
    await succeed(command, ['-m', 'venv', draft], 'could not make a virtual environment')
    await succeed(interpreterIn(draft), [...PIP, ...requirements], `could not install ${requirements.join(' ')}`)
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Drafts of processes that are gone. */
async function removeAbandoned(folder: string): Promise<void> {
  const start = `${basename(folder)}${DRAFT}`
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(start) || isAlive(Number.parseInt(name.slice(start.length), 10))) continue
    await rm(join(dirname(folder), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function succeed(command: string, args: readonly string[], failure: string): Promise<void> {
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const killNow = () => child.kill('SIGKILL')
  process.once('exit', killNow)
  const { status, said } = await endOf(child)
  process.off('exit', killNow)
  if (status === 0) return
  const lastLine = said.trim().split('\n').at(-1) || `it ended with status ${status}`
  throw new TargetError(
    `${command} ${failure}: ${lastLine}\nOr install the packages yourself, and name that Python in LEASECHECK_PYTHON`,
  )
}

function endOf(child: ChildProcess): Promise<{ readonly status: number | null; readonly said: string }> {
  return new Promise((resolve) => {
    let said = ''
    const read = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-KEPT_CHARACTERS)
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
    child.once('error', (error) => resolve({ status: null, said: error.message }))
    child.once('close', (status) => resolve({ status, said }))
  })
}
