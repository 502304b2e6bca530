import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TargetError, UsageError } from '../errors.ts'
import type { Account } from './account.ts'
import { httpServer } from './http-server.ts'

export interface ListenOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly filePort: number
}

/** The two services of an account, each on its port. */
export interface Listening {
  readonly port: number
  readonly filePort: number
  close(): Promise<void>
}

/** @throws UsageError if a port is taken or the host is not ours. */
export async function listen(account: Account, { host, port, filePort }: ListenOptions): Promise<Listening> {
  const [blobs, files] = [httpServer('blob', account), httpServer('file', account)]
  const close = async () => void (await Promise.all([closed(blobs), closed(files)]))
  try {
    return {
      port: await bound(blobs, host, port, '--port'),
      filePort: await bound(files, host, filePort, '--file-port'),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function bound(server: Server, host: string, port: number, option: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(unbound(error, host, port, option)))
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function unbound(error: NodeJS.ErrnoException, host: string, port: number, option: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new UsageError(`port ${port} is in use; choose another with ${option}, or 0 for any free one`)
    case 'EACCES':
      return new UsageError(`port ${port} may not be opened by this user; choose one above 1023 with ${option}`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UsageError(`${host} is no address of this machine; leave --host out to listen on loopback`)
    default:
      return new TargetError(`the reference server cannot listen at ${host}:${port}: ${error.message}`)
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
