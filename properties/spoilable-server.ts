import type { CompiledRules } from '../model/compiled-rules.ts'
import type { Operation } from '../model/operation.ts'
import type { Resource, ResourceName } from '../model/resource.ts'
import { type ServerState, serve, started } from '../model/server.ts'
import type { Instant } from '../model/time.ts'
import type { Answer } from '../model/trace.ts'
import { type ResourceSetting, replaced, resourceIn, worldOf } from '../model/world.ts'

/** Answers one request after the other. */
export type Asked = (operation: Operation, instant: Instant) => Answer

/** A server that keeps the rules, with its state in the open so that a fault can spoil it. */
export class SpoilableServer {
  readonly #rules: CompiledRules
  #state: ServerState

  constructor(rules: CompiledRules, world: readonly ResourceSetting[]) {
    this.#rules = rules
    this.#state = started(worldOf(world))
  }

  readonly ask: Asked = (operation, instant) => {
    const { state, answer } = serve(this.#rules, this.#state, operation, instant)
    this.#state = state
    return answer
  }

  get resources(): readonly Resource[] {
    return this.#state.world
  }

  resource(name: ResourceName): Resource {
    return resourceIn(this.#state.world, name)
  }

  spoil(name: ResourceName, change: Partial<Resource>): void {
    const spoilt = { ...this.resource(name), ...change }
    this.#state = { ...this.#state, world: replaced(this.#state.world, spoilt) }
  }
}
