import { count, percent } from '../counting.ts'
import { withoutSecrets } from '../replay-command.ts'
import type { Header } from '../results.ts'
import { fact, paragraph } from './layout.ts'
import { painter } from './paint.ts'

/** What a run is about to do, before its first request. */
export function renderPlan(header: Header, { colour }: { readonly colour: boolean }): string {
  const {
    leasecheck,
    target,
    driver,
    client,
    credential,
    apiVersion,
    clock,
    seed,
    kinds,
    only,
    baseline,
    plan,
    strict,
    shard,
  } = header
  const [title = '', ...more] = paragraph(
    `leasecheck ${leasecheck} checks the leases of ${target.name} ${target.version}`,
    0,
  )
  const readBacks = `${percent(plan.readBacks, plan.requests)} of them only read the lease back`
  const lines = [
    painter(colour)('heading', title),
    ...more,
    ...(target.url === undefined ? [] : fact('address', withoutSecrets(target.url))),
    ...(credential === undefined ? [] : fact('credential', credential)),
    ...fact('kinds', kinds.join(', ')),
    ...(only.length === 0 ? [] : fact('only', only.join(', '))),
    ...fact('requests', `by driver ${driver}${client === undefined ? '' : ` (${client})`}, API version ${apiVersion}`),
    ...fact(
      'clock',
      clock === 'virtual'
        ? 'virtual: a wait of a minute takes no time'
        : 'wall: waits take as long as they say, side by side',
    ),
    ...fact('seed', String(seed)),
    ...(shard === undefined
      ? []
      : fact('shard', `${shard.number} of ${shard.of}; join all of them with leasecheck merge`)),
    ...fact('plan', `${count(plan.scenarios, 'scenario')}, ${count(plan.requests, 'request')}; ${readBacks}`),
    ...(plan.notExpressible === undefined
      ? []
      : fact('left out', `${count(plan.notExpressible, 'cell')} that driver ${driver} cannot express`)),
    ...(plan.notPermitted === undefined
      ? []
      : fact('left out', `${count(plan.notPermitted, 'cell')} that the credential does not permit`)),
    ...fact('baseline', baseline ?? 'none: every divergence is new'),
    ...(strict ? fact('strict', 'divergences from what is only inferred fail the run as well') : []),
  ]
  return `${lines.join('\n')}\n`
}
