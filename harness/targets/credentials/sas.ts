import { UsageError } from '../../errors.ts'

/** A shared access signature as it was given, and what its fields say. */
export interface Sas {
  readonly kind: 'account' | 'service' | 'user delegation'
  /** Without a question mark, as it was given: the signature covers decoded values, so nothing is written anew. */
  readonly query: string
  /** `sp`: letters of what it permits; undefined where a stored access policy (`si`) says so, which we cannot read. */
  readonly permissions: string | undefined
  /** `ss` of an account's: `b` blob, `f` file. */
  readonly services: string
  /** `srt` of an account's (`s` service, `c` container, `o` object), or `sr` of a resource's. */
  readonly resources: string
  /** When it begins and ends to be good, milliseconds since the epoch; undefined where it does not say. */
  readonly startsMs: number | undefined
  readonly endsMs: number | undefined
  readonly httpsOnly: boolean
}

/** The fields that make up a signature; whatever else a URL's query has does not belong to one. Source: "Create an account SAS", "Create a service SAS", "Create a user delegation SAS". */
const FIELDS: ReadonlySet<string> = new Set(
  'sv ss srt sp st se sip spr sig ses sr si sdd saoid suoid scid skoid sktid skt ske sks skv skdutid sduoid rscc rscd rsce rscl rsct'.split(
    ' ',
  ),
)

/** Whether the query of a URL carries a signature. */
export function hasSas(search: string): boolean {
  return new URLSearchParams(search).has('sig')
}

/**
 * Reads a signature, with or without a question mark before it.
 * @throws UsageError if it is none, or has run out. Its text is in no message.
 */
export function readSas(text: string, nowMs: number): Sas {
  const given = text.trim().replace(/^[?&]+/, '')
  const fields = new Map([...new URLSearchParams(given)].map(([name, value]) => [name.toLowerCase(), value]))
  if (!fields.get('sig') || !fields.get('sv')) {
    throw new UsageError(
      'the SAS has no sig or no sv, so it is incomplete; copy it again, whole, in quotes: it holds characters that a shell reads',
    )
  }
  const sas: Sas = {
    kind: fields.has('srt') ? 'account' : fields.has('skoid') ? 'user delegation' : 'service',
    query: given
      .split('&')
      .filter((part) => FIELDS.has(part.split('=')[0]!.toLowerCase()))
      .join('&'),
    permissions: fields.get('sp') ?? (fields.has('si') ? undefined : ''),
    services: fields.get('ss') ?? '',
    resources: fields.get('srt') ?? fields.get('sr') ?? '',
    startsMs: instantIn(fields.get('st')),
    endsMs: instantIn(fields.get('se')),
    httpsOnly: fields.get('spr') === 'https',
  }
  if (sas.endsMs !== undefined && sas.endsMs <= nowMs) {
    throw new UsageError(`the SAS ran out at ${new Date(sas.endsMs).toISOString()}; make a new one`)
  }
  return sas
}

function instantIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new UsageError('the SAS has a time (st or se) that is none; copy it again, whole')
  return ms
}
