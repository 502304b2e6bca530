/** For tests: the plain client as a driver, in a process of its own; the name of a fault as its arguments makes it a faulty one. */
import { createInterface } from 'node:readline'
import { type DriverRequest, PROTOCOL, request } from '../../../../reports/driver-protocol.ts'
import { FAULTS } from './faults/index.ts'
import { RIGHT_CLIENT } from './plain-client.ts'
import { plainLibrary } from './plain-library.ts'

const wanted = process.argv.slice(2).join(' ')
const fault = FAULTS.find(({ name }) => name === wanted)
if (wanted !== '' && fault === undefined) throw new Error(`no fault is called: ${wanted}`)
const library = plainLibrary(fault === undefined ? RIGHT_CLIENT : fault.spoil(RIGHT_CLIENT))

async function answerTo(asked: DriverRequest): Promise<object | undefined> {
  switch (asked.do) {
    case 'hello': {
      const { name, versions, apiVersion, calls, numbers, documented } = library
      const about = { driver: name, language: versions, packages: [], apiVersion, inFlight: 16, numbers }
      return { protocol: PROTOCOL, ...about, calls, documented }
    }
    case 'connect':
      await library.connect(asked)
      return { connected: true }
    case 'call':
      return library.perform(asked)
    case 'forget':
      library.forget(asked.handles)
      return undefined
    case 'stop':
      process.exit()
      return undefined
    default:
      return asked satisfies never
  }
}

const lines = createInterface({ input: process.stdin })
lines.on('line', async (line) => {
  const asked = request.parse(JSON.parse(line))
  const answer = await answerTo(asked)
  if (answer !== undefined && 'seq' in asked) process.stdout.write(`${JSON.stringify({ seq: asked.seq, ...answer })}\n`)
})
lines.on('close', () => process.exit())
