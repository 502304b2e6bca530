import type { Driver, DriverOptions, Names } from '../driver.ts'
import { restDriver } from '../rest.ts'
import { sourceUrls } from '../source-url.ts'
import type { SdkPackages } from './packages.ts'
import { ScenarioClients } from './scenario-clients.ts'
import { jsServices } from './services.ts'

/**
 * The driver that performs steps through the JavaScript SDK, every request of which goes through the tap. Worlds are prepared
 * by plain requests: they are not what is checked.
 */
export function jsDriver(options: DriverOptions, sdk: SdkPackages): Driver {
  const rest = restDriver(options)
  const services = jsServices(options, sdk)
  const sourceUrl = sourceUrls(options.endpoint)
  const scenarios = new Map<Names, ScenarioClients>()
  let stepRequests = 0

  function clientsOf(names: Names): ScenarioClients {
    const known = scenarios.get(names)
    if (known !== undefined) return known
    const made = new ScenarioClients(services)
    scenarios.set(names, made)
    return made
  }

  return {
    name: 'js',
    get requestsSent() {
      return rest.requestsSent + stepRequests
    },
    prepare: rest.prepare,
    perform: rest.perform,
    async performStep(asked, kind, names, instant) {
      const asking = { asked, kind, names, sourceUrl: sourceUrl(asked, kind, names, instant) }
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
      await Promise.all([rest.close(), services.blob?.sdk.close(), services.file?.sdk.close()])
    },
  }
}
