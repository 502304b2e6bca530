/** For tests: an Azurite that is nobody's child command, as people start one, on virtual time. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findAzurite } from '../azurite-package.ts'
import { EMULATOR_ACCOUNT } from '../emulator-account.ts'
import { scriptAt } from '../server-process.ts'

export interface AzuriteServer {
  /** With the account in its path. */
  readonly url: string
  /** The certificate that it shows, a PEM file; only with TLS. */
  readonly ca: string | undefined
  close(): Promise<void>
}

export interface AzuriteServerOptions {
  readonly tls?: boolean
  readonly account?: { readonly name: string; readonly key: string }
}

/**
 * Starts one; with `tls` it shows a certificate that is made here, and takes tokens, of which it checks everything but the
 * signature.
 * @param account another account than the emulator's, and its key, base64
 */
export async function startAzuriteServer({ tls = false, account }: AzuriteServerOptions = {}): Promise<AzuriteServer> {
  const folder = mkdtempSync(join(tmpdir(), 'leasecheck-azurite-'))
  const { folder: azurite } = await findAzurite({})
  const certificate = tls ? selfSigned(folder) : undefined
  const secure =
    certificate === undefined ? [] : ['--cert', certificate.cert, '--key', certificate.key, '--oauth', 'basic']
  const child = spawn(
    process.execPath,
    [
      ...['--no-warnings', '--import', scriptAt('../clock/preload').href, join(azurite, 'dist/src/blob/main.js')],
      ...['--blobPort', '0', '--inMemoryPersistence', '--silent', '--skipApiVersionCheck', '--disableTelemetry'],
      ...secure,
    ],
    // It reads the sources of copies from itself, and has to trust itself for that.
    {
      cwd: folder,
      env: {
        ...process.env,
        NODE_OPTIONS: undefined,
        NODE_EXTRA_CA_CERTS: certificate?.cert,
        AZURITE_ACCOUNTS: account && `${account.name}:${account.key}`,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const ended = once(child, 'exit')
  const close = async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  let said = ''
  for await (const chunk of child.stdout) {
    said += String(chunk)
    const port = /successfully listens on \w+:\/\/[^:\s]+:(\d+)/.exec(said)?.[1]
    if (port === undefined) continue
    child.stdout.resume()
    return {
      url: `http${tls ? 's' : ''}://127.0.0.1:${port}/${account?.name ?? EMULATOR_ACCOUNT}`,
      ca: certificate?.cert,
      close,
    }
  }
  await close()
  throw new Error(`Azurite did not start: ${said}`)
}

/** A certificate for loopback that nobody has signed, and its key. */
function selfSigned(folder: string): { readonly cert: string; readonly key: string } {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost']
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject]
  execFileSync('openssl', args, { stdio: 'ignore' })
  return { cert, key }
}
