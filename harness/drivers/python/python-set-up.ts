import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { PACKAGE_FOLDER } from '../../cli/version.ts'
import { UsageError } from '../../errors.ts'
import { cacheFolder } from '../../targets/cache-folder.ts'
import type { DriverCommand } from '../protocol/driver-process.ts'
import { checkSdk, findInterpreter } from './interpreter.ts'
import { sdkVersions } from './sdk-versions.ts'
import { interpreterIn, makeEnvironment } from './virtual-environment.ts'

/** The folder of the Python package `leasecheck_driver`. It is not compiled, so it is the same from sources and from `dist`. */
const PROGRAM_FOLDER = join(PACKAGE_FOLDER, 'harness', 'drivers', 'python')

export interface PythonChoice {
  /** Take the clients that are awaited. */
  readonly aio: boolean
  /** As `--sdk-version` has it; default: the newest known. */
  readonly sdkVersion?: string | undefined
  /** Nothing may be fetched. */
  readonly offline: boolean
  readonly onProgress: (message: string) => void
  readonly env?: NodeJS.ProcessEnv
}

/**
 * What starts the Python driver: in the interpreter that LEASECHECK_PYTHON names, with the SDK that it has, else in a virtual
 * environment of ours, which is made once for each version of the SDK and of Python.
 * @throws UsageError if there is no Python to use, or something would have to be fetched offline; TargetError if pip fails.
 */
export async function pythonCommand(choice: PythonChoice): Promise<DriverCommand> {
  const { aio, env = process.env } = choice
  return {
    command: await interpreterFor(choice, env),
    // Without -B, Python would write compiled files into our package.
    args: ['-B', '-m', 'leasecheck_driver', ...(aio ? ['--aio'] : [])],
    env: { PYTHONPATH: [PROGRAM_FOLDER, ...(env.PYTHONPATH ? [env.PYTHONPATH] : [])].join(delimiter) },
  }
}

async function interpreterFor(choice: PythonChoice, env: NodeJS.ProcessEnv): Promise<string> {
  const { sdkVersion, offline, onProgress } = choice
  const own = env.LEASECHECK_PYTHON
  if (own) {
    if (sdkVersion !== undefined) {
      throw new UsageError(
        `LEASECHECK_PYTHON is ${own}, which is taken with the SDK that it has; leave --sdk-version out, or unset LEASECHECK_PYTHON`,
      )
    }
    await checkSdk(own)
    return own
  }
  const { requirements, label } = sdkVersions(sdkVersion)
  const interpreter = await findInterpreter()
  const folder = join(cacheFolder(env), `python-${interpreter.version}-${label}`)
  if (existsSync(folder)) return interpreterIn(folder)
  if (offline) {
    throw new UsageError(
      `the Python SDK is not set up and --offline forbids fetching it; run once without --offline, or install ${requirements.join(' ')} and name that Python in LEASECHECK_PYTHON`,
    )
  }
  onProgress(
    `setting up Python ${interpreter.version} with ${requirements.slice(0, 2).join(' and ')} in ${folder} (once)`,
  )
  await makeEnvironment(folder, interpreter, requirements)
  return interpreterIn(folder)
}
