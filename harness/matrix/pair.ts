import { InvalidArgumentError } from 'commander'
import { withoutSecrets } from '../../reports/replay-command.ts'
import { isDriver } from '../drivers/choose-driver.ts'
import { UsageError } from '../errors.ts'
import { readTargetName } from '../targets/open-target.ts'

/** A client as it was asked for, e.g. `python@12.27.1`. */
export interface ClientName {
  readonly asked: string
  /** As `--driver` has it. */
  readonly driver: string
  /** As `--sdk-version` has it. */
  readonly sdkVersion?: string
}

/** One client on one server, and where its reports go. */
export interface Pair {
  readonly target: string
  /** The target for people and files: without credentials. */
  readonly targetShown: string
  readonly client: ClientName
  /** Two names, joined by a slash. */
  readonly folder: string
}

const OWN = 'exec:'

/** Reads `rest,js,python@12.27.1`; a command of one's own is taken whole, since it may hold commas. */
export function clientNames(text: string, before: readonly ClientName[] = []): readonly ClientName[] {
  return [...before, ...(text.startsWith(OWN) ? [clientNamed(text)] : listed(text).map(clientNamed))]
}

function clientNamed(asked: string): ClientName {
  const at = asked.startsWith(OWN) ? -1 : asked.indexOf('@')
  const driver = at < 0 ? asked : asked.slice(0, at)
  if (!isDriver(driver))
    throw new InvalidArgumentError(
      `${JSON.stringify(asked)} is no driver: there are rest, js, python, python-aio, go, exec:COMMAND for one of your own, and e.g. python@12.27.1 for a version of an SDK`,
    )
  if (at < 0) return { asked, driver }
  const sdkVersion = asked.slice(at + 1).replace('+', ',')
  if (!/^[0-9][\w.-]*(?:,[0-9][\w.-]*)?$/.test(sdkVersion))
    throw new InvalidArgumentError(
      `${JSON.stringify(asked)} names no version: expected e.g. ${driver}@12.27.1, or both packages as in ${driver}@12.27.1+12.23.0`,
    )
  return { asked, driver, sdkVersion }
}

/** Reads `reference,azurite`. @throws InvalidArgumentError for a name that is none */
export function targetNames(text: string, before: readonly string[] = []): readonly string[] {
  const names = listed(text)
  for (const name of names) {
    try {
      readTargetName(name)
    } catch (error) {
      throw error instanceof UsageError ? new InvalidArgumentError(error.message) : error
    }
  }
  return [...before, ...names]
}

/** Every client on every target, target by target. Each has a folder of its own. */
export function pairsOf(targets: readonly string[], clients: readonly ClientName[]): readonly Pair[] {
  const taken = new Set<string>()
  return [...new Set(targets)].flatMap((target) =>
    [...new Map(clients.map((each) => [each.asked, each])).values()].map((client): Pair => {
      const targetShown = /^https?:/.test(target) ? withoutSecrets(target) : target
      const wanted = `${fileName(targetShown)}/${fileName(client.asked)}`
      let folder = wanted
      for (let number = 2; taken.has(folder); number++) folder = `${wanted}-${number}`
      taken.add(folder)
      return { target, targetShown, client, folder }
    }),
  )
}

function listed(text: string): readonly string[] {
  const names = text.split(',').map((each) => each.trim())
  if (names.includes('')) throw new InvalidArgumentError('expected names, separated by commas')
  return names
}

/** No longer than a file name may be, and nothing in it that a shell or a file system takes for something else. */
function fileName(text: string): string {
  return (
    text
      .replace(/^https?:\/\//, '')
      .replace(/[^\w.]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 60) || 'unnamed'
  )
}
