import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { TargetError } from '../errors.ts'
import { cacheFolder } from './cache-folder.ts'

/** The version that is fetched when none is installed and none is asked for: the one that the shipped baselines describe. */
export const PINNED_AZURITE_VERSION = '3.37.0'

/**
 * Azurite asks for any 3.x of this package, and not every release of it can be installed everywhere. It is for telemetry,
 * which is off, so which one does not matter.
 */
const OVERRIDES = { applicationinsights: '3.16.0' }

const OWN_LOCATION = import.meta.url

export interface AzuriteRequest {
  /** Undefined: what is installed, else the pinned version. */
  readonly version?: string | undefined
  /** Refuse to fetch anything. */
  readonly offline?: boolean | undefined
  /** Where to look first; default: the working directory. */
  readonly cwd?: string | undefined
  readonly onProgress?: ((message: string) => void) | undefined
}

export interface AzuritePackage {
  readonly folder: string
  readonly version: string
}

/**
 * Finds Azurite: next to the user's own project, next to leasecheck, in the cache, in this order; else fetches it with npm.
 * @throws TargetError if it would have to be fetched and may not be, or cannot be.
 */
export async function findAzurite(request: AzuriteRequest): Promise<AzuritePackage> {
  const installed = installedNear(join(request.cwd ?? process.cwd(), 'package.json')) ?? installedNear(OWN_LOCATION)
  if (installed !== undefined && (request.version ?? installed.version) === installed.version) return installed
  const version = request.version ?? PINNED_AZURITE_VERSION
  const folder = join(cacheFolder(), `azurite-${version}`)
  const cached = packageIn(join(folder, 'node_modules', 'azurite'))
  if (cached !== undefined) return cached
  if (request.offline) {
    throw new TargetError(
      `Azurite ${version} is not installed and --offline forbids fetching it; run: npm install --save-dev azurite@${version}`,
    )
  }
  request.onProgress?.(`fetching Azurite ${version} through npm into ${folder} (once)`)
  await install(version, folder)
  const fetched = packageIn(join(folder, 'node_modules', 'azurite'))
  if (fetched === undefined) throw new TargetError(`npm left no Azurite in ${folder}; remove that folder and try again`)
  return fetched
}

function installedNear(file: string): AzuritePackage | undefined {
  try {
    return packageIn(dirname(createRequire(file).resolve('azurite/package.json')))
  } catch {
    return undefined
  }
}

function packageIn(folder: string): AzuritePackage | undefined {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return undefined
  return { folder, version: (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version }
}

/** Installs beside the final folder and renames, so a folder that exists is complete, also if two runs install at once. */
async function install(version: string, folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`
  try {
    await mkdir(draft, { recursive: true })
    const manifest = { private: true, dependencies: { azurite: version }, overrides: OVERRIDES }
    await writeFile(join(draft, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
    await npmInstall(draft, `azurite@${version}`)
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Runs npm on the Node that runs us, since the system's may be too old for what is installed. */
function npmInstall(folder: string, wanted: string): Promise<void> {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error']
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`
  return new Promise((resolve, reject) => {
    const refuse = (reason: string) =>
      reject(
        new TargetError(
          `npm could not fetch ${wanted}: ${reason}\nInstall it yourself: npm install --save-dev ${wanted}`,
        ),
      )
    const npm = spawn('npm', ['install', '--prefix', folder, ...options, wanted], {
      cwd: folder,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    })
    const killNow = () => npm.kill()
    process.once('exit', killNow)
    npm.once('close', () => process.off('exit', killNow))
    let complaints = ''
    npm.stderr.on('data', (chunk: Buffer) => {
      complaints = `${complaints}${chunk}`.slice(-2000)
    })
    npm.on('error', (error) => refuse(error.message))
    npm.on('close', (status) =>
      status === 0 ? resolve() : refuse(complaints.trim() || `npm ended with status ${status}`),
    )
  })
}
