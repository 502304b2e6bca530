import { UsageError } from '../../errors.ts'
import { EMULATOR_ACCOUNT } from '../emulator-account.ts'
import { hasSas } from './sas.ts'

/**
 * The URL of a service, without a slash at the end and without a signature.
 * @throws UsageError
 */
export function serviceUrl(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new UsageError(
      `${url.split('?')[0]} is no URL of a server; expected something like http://127.0.0.1:10000/${EMULATOR_ACCOUNT} or https://NAME.blob.core.windows.net`,
    )
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new UsageError(`the URL of ${parsed.host} carries a password, which storage does not know; leave it out`)
  }
  if (parsed.search !== '' && !hasSas(parsed.search))
    throw new UsageError(`the URL of ${parsed.host} has a query that is no SAS; leave it out`)
  return parsed.origin + parsed.pathname.replace(/\/+$/, '')
}

/**
 * The account stands in the path of an emulator's URL, last, and else in the name of the host.
 * @throws UsageError if it stands nowhere.
 */
export function accountIn(url: string): string {
  const { pathname, hostname } = new URL(url)
  if (pathname !== '/') return decodeURIComponent(pathname.split('/').at(-1)!)
  const name = hostname.split('.')[0]!
  if (/^[\d.]+$|^\[|^localhost$/.test(hostname)) {
    throw new UsageError(
      `${url} names no account: add it to the path, e.g. ${url}/${EMULATOR_ACCOUNT}, or give --account`,
    )
  }
  return name
}

/** The file service beside a blob service in the cloud: `NAME.blob.SUFFIX` has `NAME.file.SUFFIX`. */
export function fileUrlBeside(url: string): string | undefined {
  const { protocol, host, pathname } = new URL(url)
  const beside = host.replace(/^([^.]+(?:\.z[0-9]+)?)\.blob\./, '$1.file.')
  return beside === host || pathname !== '/' ? undefined : `${protocol}//${beside}`
}

/** Splits the container off the URL that a SAS for one container stands in. */
export function accountAndContainer(url: string): readonly [accountUrl: string, container: string] {
  const { pathname } = new URL(url)
  const container = decodeURIComponent(pathname.split('/').at(-1)!)
  return [url.slice(0, url.lastIndexOf('/')), container]
}
