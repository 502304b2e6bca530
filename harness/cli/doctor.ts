import { Argument, Command } from 'commander'
import { type AccessReport, reportOnAccess } from '../access/access-report.ts'
import { UsageError } from '../errors.ts'
import { chooseAccess } from '../targets/credentials/choose-access.ts'
import { entraTokens } from '../targets/credentials/entra.ts'
import { readCertificate } from '../targets/credentials/trusted.ts'
import { type Diagnosis, type DiagnosisOptions, diagnose } from '../targets/diagnosis.ts'
import { openTarget, readTargetName, TARGETS_HELP } from '../targets/open-target.ts'
import { endpointOf } from '../targets/server.ts'
import { EXIT } from './exit.ts'
import { DEFAULT_API_VERSION, type GivenTargetFlags, targetOptions } from './options.ts'
import { remark, say } from './terminal.ts'

type DoctorFlags = GivenTargetFlags & { readonly json?: true; readonly checkAccess?: true }

/** What a doctor has found; of access only if that was asked for. */
interface Findings extends Diagnosis {
  readonly access?: AccessReport
}

export function doctorCommand(): Command {
  const command = new Command('doctor')
    .summary('what is reachable, and what can be checked')
    .description(
      'Tells which credential is taken from where, what it permits, what is reachable, and what a run would check or leave out. It writes nothing to the target unless --check-access is given, and prints no secret.',
    )
    .addArgument(new Argument('[target]', TARGETS_HELP).default('azurite'))
    .option(
      '--check-access',
      'try every lease operation with a SAS of every single permission, on resources of its own: what lacks the permission has to be refused, and to change nothing',
    )
    .option('--json', 'one JSON object, for programs')
  for (const option of targetOptions()) if (!NOT_HERE.includes(option.long!)) command.addOption(option)
  return command.action(doctor)
}

/** What says how a run is made, of which a doctor makes none. */
const NOT_HERE: readonly string[] = ['--driver', '--clock', '--max-requests-per-second']

async function doctor(name: string, flags: DoctorFlags): Promise<void> {
  const apiVersion = flags.apiVersion ?? DEFAULT_API_VERSION
  const diagnosis = await diagnosed(name, flags, apiVersion)
  say(flags.json ? JSON.stringify(diagnosis, undefined, 2) : told(name, diagnosis))
  process.exitCode = statusFor(diagnosis)
}

/** What is wrong with the server is 3, what is wrong with the credential alone 2. What is only inferred fails nothing. */
function statusFor({ usable, services, access }: Findings): number {
  if (access?.divergences.some(({ level }) => level === 'settled' || level === 'documented')) return EXIT.somethingNew
  if (usable) return EXIT.nothingNew
  return services.some(({ reachable }) => reachable) ? EXIT.usage : EXIT.target
}

/** @throws UsageError, TargetError where there is nothing to look at */
async function diagnosed(name: string, flags: DoctorFlags, apiVersion: string): Promise<Findings> {
  const { target } = readTargetName(name)
  if (target === 'url' || target === 'account') {
    const around = { env: process.env, nowMs: Date.now(), entra: entraTokens }
    const access = chooseAccess(target === 'url' ? name : undefined, flags, around)
    const ca = flags.ca === undefined ? undefined : readCertificate(flags.ca)
    return examined({ endpoint: endpointOf({ access, ca }), apiVersion, ...access }, flags)
  }
  const settings = { processes: 1, port: flags.port, offline: flags.offline === true, clock: undefined, apiVersion }
  const opened = await openTarget(name, { ...flags, ...settings, onProgress: remark })
  try {
    const [endpoint] = opened.endpoints
    const from = flags.key === undefined ? 'the key of every emulator' : '--key'
    const options: DiagnosisOptions = { endpoint: endpoint!, from, apiVersion, fileUrlGuessed: false }
    return await examined(options, flags)
  } finally {
    await opened.close()
  }
}

/** @throws UsageError if access is to be checked without a key, which alone signs for everything. */
async function examined(options: DiagnosisOptions, { checkAccess }: DoctorFlags): Promise<Findings> {
  const { endpoint, apiVersion } = options
  const { credential } = endpoint
  if (checkAccess && credential.by !== 'key')
    throw new UsageError(
      '--check-access signs permissions of its own, which takes the account key; give it, or leave this out',
    )
  const diagnosis = await diagnose(options)
  if (!checkAccess || credential.by !== 'key' || !diagnosis.usable) return diagnosis
  const kinds = diagnosis.kinds.filter(({ hindrance }) => hindrance === undefined).map(({ kind }) => kind)
  const isVirtual = diagnosis.clock.virtual
  return { ...diagnosis, access: await reportOnAccess({ endpoint, key: credential.key, kinds, apiVersion, isVirtual }) }
}

function accessLines({ cases, divergences, leftBehind }: AccessReport): readonly string[] {
  return [
    fact(
      'access',
      `${cases} operations tried with one permission each, ${divergences.length === 0 ? 'all' : 'not all'} answered as they should be`,
    ),
    ...divergences.map(({ rule, letter, field, expected, observed, level }) =>
      fact('', `${rule} with sp=${letter}: ${field} is ${observed}, expected ${expected} (${level})`),
    ),
    ...leftBehind.map((each) => fact('left behind', each)),
  ]
}

function told(
  name: string,
  { account, credential, services, apiVersion, clock, kinds, usable, access }: Findings,
): string {
  const { kind, from, permits, until, delegation } = credential
  const left = kinds.filter(({ leftOut }) => leftOut.length > 0)
  const lines = [
    `leasecheck looks at ${name.split('?')[0]}`,
    fact('account', account),
    fact('credential', `${kind}, from ${from}`),
    ...(permits === undefined ? [] : [fact('permits', permits)]),
    ...(until === undefined ? [] : [fact('until', until)]),
    ...(delegation === undefined ? [] : [fact('copies', delegation)]),
    ...services.flatMap(({ service, url, server, tookMs, problem, reachable }) => [
      fact(`${service} service`, reachable ? `${url} answers as ${server} after ${Math.round(tookMs!)} ms` : url),
      ...(problem === undefined ? [] : [fact('', problem)]),
    ]),
    ...(services.some(({ reachable }) => reachable) ? [fact('API version', `${apiVersion} is accepted`)] : []),
    ...(services.some(({ reachable }) => reachable) ? [fact('clock', clockText(clock))] : []),
    ...kinds.map(({ kind: of, hindrance }) =>
      fact(of, hindrance === undefined ? 'can be checked' : `left out: ${hindrance}`),
    ),
    ...left.map(({ kind: of, leftOut }) =>
      fact('left out', `${of}: ${leftOut.join(', ')} (the credential does not permit it)`),
    ),
    ...(access === undefined ? [] : accessLines(access)),
    '',
    usable ? 'It can be checked.' : 'Nothing can be checked.',
  ]
  return lines.join('\n')
}

function clockText({ virtual, skewMs }: Diagnosis['clock']): string {
  const how = virtual ? 'virtual: it honours x-leasecheck-now (--clock header)' : 'wall: waits take as long as they say'
  if (virtual || skewMs === undefined) return how
  const seconds = (Math.abs(skewMs) / 1000).toFixed(1)
  const isSame = Math.abs(skewMs) < 1000
  return `${how}; ${isSame ? 'its clock is ours within a second' : `its clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} ours`}`
}

function fact(name: string, value: string): string {
  return `  ${name.padEnd(13)} ${value}`
}
