import type { Driver, DriverOptions, Names } from '../driver.ts'
import { restDriver } from '../rest.ts'
import { sourceUrls } from '../source-url.ts'
import type { ClientLibrary } from './client-library.ts'
import { ScenarioClients, type TappedServices } from './scenario-clients.ts'
import { TappedService } from './tapped-service.ts'

/**
 * The driver that performs steps through a client library, every request of which goes through the tap. Worlds are prepared
 * by plain requests: they are not what is checked. The library is not closed with the driver, since several may use it.
 */
export function clientDriver(options: DriverOptions, library: ClientLibrary): Driver {
  const rest = restDriver(options)
  const { url, fileUrl } = options.endpoint
  const services: TappedServices = {
    blob: new TappedService('blob', url, options, library),
    file: fileUrl === undefined ? undefined : new TappedService('file', fileUrl, options, library),
  }
  const sourceUrl = sourceUrls(options.endpoint)
  const scenarios = new Map<Names, ScenarioClients>()
  let stepRequests = 0

  function clientsOf(names: Names): ScenarioClients {
    const known = scenarios.get(names)
    if (known !== undefined) return known
    const made = new ScenarioClients(library, services)
    scenarios.set(names, made)
    return made
  }

  return {
    name: library.name,
    get requestsSent() {
      return rest.requestsSent + stepRequests
    },
    prepare: rest.prepare,
    perform: rest.perform,
    async performStep(asked, kind, names, instant, way) {
      const asking = { asked, kind, names, way, sourceUrl: sourceUrl(asked, kind, names, instant) }
      const performed = await clientsOf(names).perform(asking, instant)
      stepRequests += performed.exchanges.length + (performed.client?.otherRequests ?? 0)
      return performed
    },
    async forget(names) {
      const clients = scenarios.get(names)
      scenarios.delete(names)
      await clients?.close()
    },
    async close() {
      await Promise.all([rest.close(), services.blob?.close(), services.file?.close()])
    },
  }
}
