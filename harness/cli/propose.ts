import type { Proposals } from '../../reports/proposals.ts'
import { renderProposalsMarkdown } from '../../reports/proposals-markdown.ts'
import type { Header } from '../../reports/results.ts'
import { stableProposals } from '../../reports/stable-proposals.ts'
import { renderProposals } from '../../reports/terminal/proposals.ts'
import type { GapAnswers } from '../campaign/gaps/gap-answers.ts'
import { isRealService, whereIs } from '../targets/real-service.ts'
import type { ResultsFolder } from './results-folder.ts'
import type { RunFlags } from './run.ts'
import type { Session } from './session.ts'
import { coloured, remark, say } from './terminal.ts'

/**
 * Tells what a target answered where nobody knows the answer, shortly on the terminal and as files that can be contributed.
 * @throws UsageError if they cannot be written.
 */
export function propose(
  answers: GapAnswers,
  session: Session,
  header: Header,
  folder: ResultsFolder,
  flags: Pick<RunFlags, 'out' | 'stableOutput' | 'verbose'>,
): void {
  const made = proposalsOf(answers, session, header)
  const kept = flags.stableOutput === true ? stableProposals(made) : made
  folder.write('proposals.json', `${JSON.stringify(kept, null, 2)}\n`)
  folder.write('proposals.md', renderProposalsMarkdown(kept))
  say(`\n${renderProposals(kept, { colour: coloured(process.stdout), verbose: flags.verbose === true })}`)
  remark(`proposals: ${flags.out}/proposals.json, proposals.md`)
}

function proposalsOf(answers: GapAnswers, { target }: Session, header: Header): Proposals {
  const { leasecheck, driver, apiVersion, clock, startedAt } = header
  const { name, version } = target
  const where = whereIs(target)
  const isEvidence = isRealService(target)
  return {
    format: 'leasecheck-proposals',
    version: 1,
    leasecheck,
    target: { name: isEvidence ? 'Azure Storage' : name, version, ...(where === undefined ? {} : { where }) },
    driver,
    apiVersion,
    clock,
    startedAt,
    isEvidence,
    standing: isEvidence
      ? `observed on the real service, ${startedAt.slice(0, 10)}`
      : `observed on ${name} ${version}, not evidence: only the real service says what is right`,
    ...answers.proposals(),
  }
}
