/** For tests: servers that are none of a storage service, or that only look like one at first. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net'
import { CLOCK_HEADER, NOW_HEADER } from '../../../clock/headers.ts'

export const ODDITIES = [
  '201 to everything',
  '404 to everything',
  'a web page',
  'garbage',
  'nothing',
  'a closed connection',
  'a body without end',
  'a slow drip',
  'a list, then 201 to everything',
  'a list, then 200 to everything',
  'a list, then 404 to everything',
  'a list, then nothing',
  'a list, then bodies without end',
  'a list, then a closed connection',
] as const
export type Oddity = (typeof ODDITIES)[number]

export interface OddServer {
  readonly url: string
  close(): void
}

const LIST =
  '<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Containers /><NextMarker /></EnumerationResults>'

type Answering = (response: ServerResponse) => unknown

const with201: Answering = (response) => response.writeHead(201, { etag: '"1"' }).end()
const with404: Answering = (response) => response.writeHead(404).end()
const withNothing: Answering = () => {}
const closing: Answering = (response) => response.destroy()

const HTTP: Readonly<Partial<Record<Oddity, Answering>>> = {
  '201 to everything': with201,
  '404 to everything': with404,
  'a web page': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Hello'),
  nothing: withNothing,
  'a closed connection': closing,
  'a body without end': endless,
  'a slow drip': (response) => drip(response.writeHead(200)),
}

const AFTER_LIST: Readonly<Partial<Record<Oddity, Answering>>> = {
  'a list, then 201 to everything': with201,
  'a list, then 200 to everything': (response) => response.writeHead(200).end(),
  'a list, then 404 to everything': with404,
  'a list, then nothing': withNothing,
  'a list, then bodies without end': endless,
  'a list, then a closed connection': closing,
}

export async function oddServer(oddity: Oddity): Promise<OddServer> {
  const plain = HTTP[oddity]
  const later = AFTER_LIST[oddity]
  const answer = later === undefined ? undefined : afterList(later)
  const server: Server | TcpServer =
    oddity === 'garbage'
      ? createTcpServer((socket) => void socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.9\r\n'))
      : createServer((request, response) => {
          const now = request.headers[NOW_HEADER]
          if (now !== undefined) response.setHeader(CLOCK_HEADER, now)
          request.resume()
          if (answer === undefined) plain!(response)
          else answer(request.url!, response)
        })
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/devstoreaccount1`,
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** What passes for a storage service when it is looked at first. */
function afterList(later: Answering): (url: string, response: ServerResponse) => unknown {
  return (url, response) =>
    url.includes('maxresults=1')
      ? response.writeHead(200, { 'content-type': 'application/xml' }).end(LIST)
      : later(response)
}

/** As fast as it is taken. */
function endless(response: ServerResponse): void {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  response.writeHead(200)
  const more = () => {
    while (!response.destroyed && response.write(chunk)) {}
  }
  response.on('drain', more)
  more()
}

/** A byte at a time. */
function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('x'), 200)
  response.on('close', () => clearInterval(timer))
}
