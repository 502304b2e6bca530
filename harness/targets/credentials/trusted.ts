import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { UsageError } from '../../errors.ts'

/** What a TLS connection trusts, where a certificate besides the usual ones was given, PEM. */
export function trusting(ca: string | undefined): { readonly ca?: string[] } {
  return ca === undefined ? {} : { ca: [...rootCertificates, ca] }
}

/**
 * Reads a certificate.
 * @throws UsageError if the file cannot be read, or holds none.
 */
export function readCertificate(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`the certificate ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new UsageError(`${file} holds no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----`)
}
