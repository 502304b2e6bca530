import { execFile } from 'node:child_process'
import { UsageError } from '../../errors.ts'

/** An interpreter that is new enough. */
export interface Interpreter {
  readonly command: string
  /** `3.13` */
  readonly version: string
}

/** What the packages that are installed ask for. */
const OLDEST = [3, 10] as const
const ANSWER_LIMIT_MS = 20_000

const TELL_VERSION = 'import sys; print("%d.%d" % sys.version_info[:2])'
const IMPORT_SDK = 'import azure.storage.blob.aio, azure.storage.fileshare.aio, aiohttp'

/**
 * The first of some commands that is a Python.
 * @throws UsageError if none is, or if it is too old.
 */
export async function findInterpreter(commands: readonly string[] = ['python3', 'python']): Promise<Interpreter> {
  for (const command of commands) {
    const { output } = await run(command, ['-c', TELL_VERSION])
    const version = /^([0-9]+)\.([0-9]+)\s*$/.exec(output)
    if (version === null) continue
    const [, major, minor] = version.map(Number)
    if (major! < OLDEST[0] || (major === OLDEST[0] && minor! < OLDEST[1])) {
      throw new UsageError(
        `${command} is Python ${major}.${minor}, and the driver needs ${OLDEST.join('.')} or newer; install one, or name one that has the SDK in LEASECHECK_PYTHON`,
      )
    }
    return { command, version: `${major}.${minor}` }
  }
  throw new UsageError(
    `there is no Python: tried ${commands.join(' and ')}; install Python ${OLDEST.join('.')} or newer, or name one that has the SDK in LEASECHECK_PYTHON`,
  )
}

/**
 * Makes sure that an interpreter of the user's own has the SDK.
 * @throws UsageError if it has not.
 */
export async function checkSdk(command: string): Promise<void> {
  const { status, complaints } = await run(command, ['-c', IMPORT_SDK])
  if (status === 0) return
  const reason = complaints.trim().split('\n').at(-1) || 'it could not be started'
  throw new UsageError(
    `LEASECHECK_PYTHON is ${command}, which cannot be used: ${reason}; run: ${command} -m pip install azure-storage-blob azure-storage-file-share aiohttp`,
  )
}

interface Ran {
  readonly status: number | undefined
  readonly output: string
  readonly complaints: string
}

function run(command: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(command, [...args], { timeout: ANSWER_LIMIT_MS }, (error, output, complaints) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined
      resolve({ status, output, complaints })
    })
  })
}
