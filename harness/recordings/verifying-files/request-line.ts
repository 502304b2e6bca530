import type { RecordedExchange } from '../importing/recorded-exchange.ts'

/** What signs a request in its URL, and what belongs to it. Sources: Create a service SAS, Create a user delegation SAS. */
const SIGNATURE_PARAMETERS: ReadonlySet<string> = new Set(
  'sig sv ss srt sr se st sp spr sip si tn sdd ses skoid sktid skt ske sks skv saoid suoid scid rscc rscd rsce rscl rsct'.split(
    ' ',
  ),
)
/** Names of resources may be as long as a thousand signs. */
const LONGEST = 200

/** A request in a line, without anything that is secret: `PUT /container/blob?comp=lease, renew`. */
export function requestLine({
  method,
  url,
  requestHeaders,
}: Pick<RecordedExchange, 'method' | 'url' | 'requestHeaders'>): string {
  const parsed = URL.parse(url)
  if (parsed === null) return method
  const told = [...parsed.searchParams]
    .filter(([name]) => !SIGNATURE_PARAMETERS.has(name.toLowerCase()))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
  const line = `${method} ${parsed.pathname}${told.length === 0 ? '' : `?${told.join('&')}`}`
  const action = requestHeaders?.['x-ms-lease-action']
  const kept = line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line
  return action === undefined ? kept : `${kept}, ${action}`
}
