import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { isClientRule } from '../../model/client/client-rules.ts'
import { type Baseline, parseBaseline } from '../../reports/baseline.ts'
import { type AvailableBaseline, chooseBaseline } from '../../reports/choose-baseline.ts'
import { type DriverName, LIBRARY_DRIVERS } from '../drivers/driver.ts'
import { UsageError } from '../errors.ts'
import { parsedBaseline } from './parsed-baseline.ts'
import { PACKAGE_FOLDER } from './version.ts'

/** The user's own baseline, in the working directory. */
export const OWN_BASELINE = 'leasecheck-baseline.json'
/** In place of a file: the baseline that comes with leasecheck, also where the user has one of their own. */
export const SHIPPED_ONLY = 'shipped'
const SHIPPED = join(PACKAGE_FOLDER, 'reports', 'baselines')

/** The baseline of a run, and what to say about the choice. */
export interface ChosenBaselineFile {
  readonly baseline: Baseline | undefined
  /** The file for people; null without a baseline. */
  readonly file: string | null
  readonly remark?: string
}

/**
 * The baseline that a run is held against: the file that was asked for, else the user's own, else the shipped one for the
 * target and version or the nearest older one.
 * @param asked a file, `none`, or `shipped`; default: the user's own if there is one
 * @throws UsageError if a file is missing or damaged.
 */
export function findBaseline(
  asked: string | undefined,
  target: string,
  version: string,
  mayBeMissing: boolean,
  driver: DriverName = 'rest',
  sas?: 'account' | 'service',
): ChosenBaselineFile {
  if (asked === 'none') return { baseline: undefined, file: null }
  if (asked === SHIPPED_ONLY && mayBeMissing)
    throw new UsageError('the baseline that comes with leasecheck is not yours to update: name a file with --baseline')
  if (asked !== undefined && mayBeMissing && !existsSync(asked)) {
    if (!existsSync(dirname(asked)))
      throw new UsageError(
        `the baseline ${asked} cannot be written: there is no folder ${dirname(asked)}; make it first`,
      )
    return { baseline: undefined, file: asked, remark: `${asked} is going to be made` }
  }
  const own = asked ?? (existsSync(OWN_BASELINE) ? OWN_BASELINE : SHIPPED_ONLY)
  if (own !== SHIPPED_ONLY) return ownBaseline(own, target, version, driver)
  const made = driver === 'rest' ? `${target} ${version}` : `${target} ${version} and driver ${driver}`
  return (
    (sas && shippedBaseline(target, version, driver, made, sas)) ??
    shippedBaseline(target, version, driver, made) ??
    composedBaseline(target, version, driver, sas) ?? {
      baseline: undefined,
      file: null,
      remark: `no baseline for ${made}: everything counts as new`,
    }
  )
}

function shippedBaseline(
  target: string,
  version: string,
  driver: DriverName,
  made: string,
  sas?: AvailableBaseline['sas'],
) {
  const chosen = chooseBaseline(shippedBaselines(sas), target, version, driver)
  if (chosen === undefined) return undefined
  return {
    baseline: parsedBaseline(chosen.file, parseBaseline),
    file: relative(PACKAGE_FOLDER, chosen.file),
    ...(chosen.exact ? {} : { remark: `no baseline for ${made}: taking the one for ${chosen.targetVersion}` }),
  }
}

/**
 * What plain HTTP shows of a server, and what a client library does on a server that is right: together they tell what to
 * expect of the library on that server.
 */
function composedBaseline(
  target: string,
  version: string,
  driver: DriverName,
  sas: AvailableBaseline['sas'],
): ChosenBaselineFile | undefined {
  const shipped = shippedBaselines()
  const server =
    (sas && chooseBaseline(shippedBaselines(sas), target, version, 'rest')) ??
    chooseBaseline(shipped, target, version, 'rest')
  const client = chooseBaseline(shipped, 'reference', '', driver)
  if (driver === 'rest' || server === undefined) return undefined
  if (client === undefined) return ofServerAlone(server.file, driver)
  const [ofServer, ofClient] = [parsedBaseline(server.file, parseBaseline), parsedBaseline(client.file, parseBaseline)]
  const entries = [...ofServer.entries, ...ofClient.entries.filter(({ rule }) => isClientRule(rule))]
  return {
    baseline: { ...ofServer, driver, apiVersion: ofClient.apiVersion, entries },
    file: [server, client].map(({ file }) => relative(PACKAGE_FOLDER, file)).join(' and '),
  }
}

/** What is known of the server is not the client's: of a client that nobody has looked at, the rest is new. */
function ofServerAlone(file: string, driver: DriverName): ChosenBaselineFile {
  const name = relative(PACKAGE_FOLDER, file)
  return {
    baseline: parsedBaseline(file, parseBaseline),
    file: name,
    remark: `no baseline for driver ${driver}: what ${name} lists of the server is known, the rest counts as new`,
  }
}

/** A file that somebody named or keeps is taken as it is, also for another server or driver; then it is said. */
function ownBaseline(file: string, target: string, version: string, driver: DriverName): ChosenBaselineFile {
  const baseline = parsedBaseline(file, parseBaseline)
  const remarks = [
    ...(version === '' || (baseline.target === target && baseline.targetVersion === version)
      ? []
      : [`made for ${baseline.target} ${baseline.targetVersion} and is taken for ${target} ${version}`]),
    ...(baseline.driver === driver ? [] : [`made with driver ${baseline.driver} and is taken for driver ${driver}`]),
  ]
  return { baseline, file, ...(remarks.length === 0 ? {} : { remark: `${file} was ${remarks.join('; it was ')}` }) }
}

/** `azurite-3.37.0.json`; with a driver that is not plain HTTP `azurite-3.37.0-js.json`, with a SAS `azurite-3.37.0-account-sas.json`. */
const FILE_NAME = new RegExp(
  `^(.+?)(?:-([0-9].*?))?(?:-(${LIBRARY_DRIVERS.join('|')}))?(?:-(account|service)-sas)?\\.json$`,
)

/** Every baseline that comes with leasecheck and was made with that kind of SAS; default: those made without one. */
export function shippedBaselines(sas?: AvailableBaseline['sas']): readonly AvailableBaseline[] {
  return readdirSync(SHIPPED).flatMap((name) => {
    const named = FILE_NAME.exec(name)
    if (named === null || named[4] !== sas) return []
    const [, target, targetVersion = '', driver = 'rest'] = named
    return [{ target: target!, targetVersion, driver, file: join(SHIPPED, name), sas }]
  })
}
