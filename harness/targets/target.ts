import type { Family } from '../../model/resource.ts'
import type { Credential } from './credentials/credential.ts'
import type { Permits } from './credentials/permits.ts'

/** One account on one server process, and who asks it. */
export interface Endpoint {
  /** With the account's path where the server wants one, without a slash at the end: `http://127.0.0.1:10000/devstoreaccount1`. */
  readonly url: string
  /** The same for the file service, where there is one. */
  readonly fileUrl?: string
  readonly account: string
  readonly credential: Credential
  /** The only container that the credential opens: scenarios take place inside it. */
  readonly container?: string | undefined
  /** A certificate to trust besides the usual ones, PEM. */
  readonly ca?: string | undefined
}

/** What is tested: one or more server processes, each with a world of its own. */
export interface Target {
  /** For example `azurite`. */
  readonly name: string
  readonly version: string
  /** `virtual`: each request is served at the instant that it carries. `wall`: at the server's own time. */
  readonly clock: 'virtual' | 'wall'
  readonly endpoints: readonly Endpoint[]
  /** What the credential permits, as far as it tells itself; absent: everything. */
  readonly permits?: Permits | undefined
  /** Kinds whose service turned out not to be there, or not to be open to the credential, and why. */
  readonly closed?: ReadonlyMap<Family, string>
  /**
   * Replaces every server process by a fresh one with nothing in it, where they are ours to replace; nothing may be under way.
   * Returns the new endpoints.
   */
  readonly restart?: () => Promise<readonly Endpoint[]>
  /** How a command line names it, where its name and version do not say that: an image, with what was needed to start it. */
  readonly openedAs?: readonly string[]
  /** Whether we started it ourselves: then it needs no clean-up, since it forgets everything when it ends. */
  readonly embedded: boolean
  /** Calls back, once, when a server process ended without being asked to; at once if that has happened already. */
  onDeath(listener: (reason: string) => void): void
  /** Ends what was started for this target, and returns when it has ended. */
  close(): Promise<void>
}
