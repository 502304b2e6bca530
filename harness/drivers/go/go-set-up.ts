import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { TargetError, UsageError } from '../../errors.ts'
import { cacheFolder } from '../../targets/cache-folder.ts'
import type { DriverCommand } from '../protocol/driver-process.ts'
import { runGo } from './go-tool.ts'
import { buildTags, isOlderGo, neededGo, replacements } from './go-versions.ts'

/** How the driver go is wanted. */
export interface GoRequest {
  /** Of azblob, or of azblob and azfile as in `1.6.0,1.5.2`; undefined: those of go.mod. */
  readonly sdkVersion: string | undefined
  /** Fetch nothing: what is in Go's own cache of modules has to do. */
  readonly offline: boolean
  readonly onProgress: (text: string) => void
}

/** A file that the driver is built from. */
interface Source {
  readonly file: string
  readonly text: string
}

const PROGRAM = process.platform === 'win32' ? 'driver.exe' : 'driver'

/**
 * What starts the driver go. It is built on first use, in leasecheck's cache and nowhere else; its folder there is named by all
 * that goes into it.
 * @throws UsageError if there is no Go, or a too old one, or no version can be meant; TargetError if the build fails.
 */
export async function goCommand({ sdkVersion, offline, onProgress }: GoRequest): Promise<DriverCommand> {
  const replaced = replacements(sdkVersion)
  const sources = await sourcesIn(sourceFolder())
  const version = await installedGo(neededGo(sources.find(({ file }) => basename(file) === 'go.mod')!.text))
  const folder = join(cacheFolder(), `go-driver-${hashOf([version, ...replaced, ...sources.map(({ text }) => text)])}`)
  const command = join(folder, PROGRAM)
  if (!existsSync(command)) {
    onProgress(`building the driver go in ${folder} (once)`)
    await build({ folder, sources, replaced, tags: buildTags(sdkVersion), offline })
  }
  return { command, args: [] }
}

/** Where the sources in Go are: beside this file or, seen from built JavaScript, where they lie in the package. */
function sourceFolder(): string {
  const folders = [import.meta.dirname, join(import.meta.dirname, '../../../../harness/drivers/go')]
  const found = folders.find((folder) => existsSync(join(folder, 'go.mod')))
  if (found === undefined) throw new TargetError(`the sources of the driver go are missing; install leasecheck anew`)
  return found
}

/** The sources of the driver; what is in folders below belongs to other programs. */
async function sourcesIn(folder: string): Promise<readonly Source[]> {
  const names = (await readdir(folder)).filter((name) => /^go\.(?:mod|sum)$|(?<!_test)\.go$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => ({ file: join(folder, name), text: await readFile(join(folder, name), 'utf8') })),
  )
}

function hashOf(texts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(text).update('\0')
  return hash.digest('hex').slice(0, 16)
}

async function installedGo(needed: string): Promise<string> {
  const advice = `install Go ${needed} or newer from https://go.dev/dl, or take another --driver`
  const asked = await runGo(['env', 'GOVERSION'])
  if (asked.ended === 'missing') throw new UsageError(`--driver go needs Go, and there is no go on the PATH: ${advice}`)
  if (asked.ended === 'badly') throw new TargetError(`go does not tell its version:\n${asked.lastWords}`)
  const version = asked.stdout.trim()
  if (isOlderGo(version, needed))
    throw new UsageError(`--driver go needs Go ${needed}, and go on the PATH is ${version}: ${advice}`)
  return version
}

interface Build {
  readonly folder: string
  readonly sources: readonly Source[]
  readonly replaced: readonly string[]
  readonly tags: readonly string[]
  readonly offline: boolean
}

/** Builds beside the final folder and renames, so a folder that exists is complete, also if two runs build at once. */
async function build({ folder, sources, replaced, tags, offline }: Build): Promise<void> {
  const draft = `${folder}.${process.pid}`
  try {
    await mkdir(draft, { recursive: true })
    await Promise.all(sources.map(({ file }) => copyFile(file, join(draft, basename(file)))))
    for (const each of replaced) await step(['mod', 'edit', `-replace=${each}`], draft, offline)
    // What is as go.mod has it has to agree with go.sum, too.
    await step(
      ['build', replaced.length > 0 ? '-mod=mod' : '-mod=readonly', ...tags, '-o', PROGRAM, '.'],
      draft,
      offline,
    )
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function step(args: readonly string[], cwd: string, offline: boolean): Promise<void> {
  const ran = await runGo(args, cwd, offline ? { GOPROXY: 'off' } : {})
  if (ran.ended === 'well') return
  const lastWords = ran.ended === 'badly' ? `; its last words:\n${ran.lastWords}` : ''
  const advice = offline ? '\n--offline forbids fetching what is not in the cache of Go: run once without it' : ''
  throw new TargetError(`go ${args.join(' ')} failed${lastWords}${advice}`)
}
