import type { Operation } from '../../model/operation.ts'
import { KINDS, type ResourceKind, type Service } from '../../model/resource.ts'
import { at, type Instant, type Span } from '../../model/time.ts'
import type { Exchange } from '../../model/trace.ts'
import { UsageError } from '../errors.ts'
import { answerTo, needsBody } from './answer.ts'
import type { Driver, DriverOptions, Names } from './driver.ts'
import { prepareWorld } from './preparing.ts'
import { realNameIn } from './real-name.ts'
import { RestService } from './rest-service.ts'
import type { Received, ReceivedAnswer, WantsBody } from './sending.ts'
import { sourceUrls } from './source-url.ts'
import { wireRequest } from './wire.ts'

export type { Driver, DriverOptions, Names, Prepared } from './driver.ts'

const always: WantsBody = () => true

/** The driver that sends plain HTTP requests: call, exchange and return coincide. */
export function restDriver(options: DriverOptions): Driver {
  const { url, fileUrl } = options.endpoint
  const services: Readonly<Record<Service, RestService | undefined>> = {
    blob: new RestService(url, 'blob', options),
    file: fileUrl === undefined ? undefined : new RestService(fileUrl, 'file', options),
  }
  const sourceUrl = sourceUrls(options.endpoint)

  function serviceOf(kind: ResourceKind): RestService {
    const service = services[KINDS[kind].service]
    if (service === undefined) {
      throw new UsageError(
        `the target has no file service, so no ${KINDS[kind].noun} can be checked; leave it out of --kinds`,
      )
    }
    return service
  }

  async function perform(
    operation: Operation,
    kind: ResourceKind,
    names: Names,
    instant: Instant | undefined,
    hear?: (answer: ReceivedAnswer) => void,
  ): Promise<Exchange> {
    const real = realNameIn(names, operation.on)
    const request = wireRequest(operation, kind, real, sourceUrl(operation, kind, names, instant))
    const wantsBody: WantsBody =
      hear === undefined ? (status, headers) => needsBody(operation.name, status, headers) : always
    const received = await serviceOf(kind).exchange(request, operation.version, instant, wantsBody)
    if (received.answer !== undefined) hear?.(received.answer)
    const answer = received.answer && answerTo(operation.name, kind, real, received.answer)
    return { operation, window: windowOf(received, instant), answer }
  }

  return {
    name: 'rest',
    get requestsSent() {
      return (services.blob?.requestsSent ?? 0) + (services.file?.requestsSent ?? 0)
    },
    prepare(world, names, instant) {
      return prepareWorld(world, names, options.apiVersion, {
        originOf: (kind) => serviceOf(kind).origin,
        send: async (request, kind) =>
          (await serviceOf(kind).exchange(request, options.apiVersion, instant, always)).answer,
      })
    },
    perform,
    performStep: async (asked, kind, names, instant) => ({ exchanges: [await perform(asked, kind, names, instant)] }),
    async forget() {},
    async close() {
      await Promise.all([services.blob?.close(), services.file?.close()])
    },
  }
}

function windowOf(received: Received, instant: Instant | undefined): Span {
  return instant === undefined ? { earliestMs: received.sentMs, latestMs: received.answeredMs } : at(instant)
}
