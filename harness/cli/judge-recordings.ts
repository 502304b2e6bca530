import { compile } from '../../model/compiled-rules.ts'
import { RULES } from '../../model/rules/index.ts'
import { count, number } from '../../reports/counting.ts'
import { documentOf } from '../../reports/verification/document.ts'
import { renderRecordingsBaseline } from '../../reports/verification/recordings-baseline.ts'
import { updatedRecordings } from '../../reports/verification/recordings-baseline-update.ts'
import { renderVerification } from '../../reports/verification/terminal.ts'
import type { VerificationEvent, VerificationFooter } from '../../reports/verification/verification.ts'
import { recordingFiles } from '../recordings/importing/recording-files.ts'
import { type Found, Verification } from '../recordings/verifying-files/verification.ts'
import { verifyFiles } from '../recordings/verifying-files/verify-files.ts'
import { EXIT, gravest, Interrupted } from './exit.ts'
import {
  type ChosenRecordingsBaseline,
  findRecordingsBaseline,
  namesFor,
  writeRecordingsBaseline,
} from './recordings-baseline-file.ts'
import { untilSignal } from './signals.ts'
import { StatusLine } from './status-line.ts'
import { coloured, remark, say } from './terminal.ts'
import { VERIFICATION_FILES, VerificationFolder } from './verification-folder.ts'
import type { VerifyFlags } from './verify.ts'
import { VERSION } from './version.ts'

/** So many unexplained exchanges are listed one by one in JSON; the stream of `--out` has all. */
const MOST_LISTED = 10_000

/** Judges what was recorded, and reports; returns the exit status. */
export async function judgeRecordings(paths: readonly string[], flags: VerifyFlags): Promise<number> {
  const beganMs = performance.now()
  const chosen = findRecordingsBaseline(flags.baseline, flags.updateBaseline === true)
  const folder = flags.out === undefined ? undefined : new VerificationFolder(flags.out)
  const events: VerificationEvent[] = []
  const take = listener(events, folder)
  const header: VerificationEvent = {
    event: 'header',
    format: 'leasecheck-verification',
    version: 1,
    leasecheck: VERSION,
    paths: [...paths],
    strict: flags.strict === true,
    baseline: chosen.file,
    startedAt: new Date().toISOString(),
  }
  const verification = verificationFor(chosen, flags, take)
  const left = await untilSignal((stop) => {
    // What has begun to be written is finished, whatever comes: a signal is heard from here on.
    take(header)
    return judged(paths, verification, stop)
  })
  const found = verification.found(left)
  for (const each of [...found.divergences, ...found.entries, ...(flags.byRule ? found.rules : [])]) take(each)
  const footer = footerOf(found, flags, performance.now() - beganMs)
  take(footer)
  const document = documentOf(events, flags.byRule === true)
  folder?.finish(events, document)
  if (flags.json) say(JSON.stringify(document, null, 2))
  else say(renderVerification(events, { colour: coloured(process.stdout), quiet: flags.quiet === true }).trimEnd())
  if (folder !== undefined) remark(`results: ${VERIFICATION_FILES.map((file) => `${flags.out}/${file}`).join(', ')}`)
  if (flags.updateBaseline) updateBaseline(chosen, found, footer, verification)
  return footer.exitStatus
}

/** Keeps what the reports at the end are made of, and writes everything to the folder. */
function listener(events: VerificationEvent[], folder: VerificationFolder | undefined) {
  let listed = 0
  return (event: VerificationEvent): void => {
    folder?.add(event)
    if (event.event === 'file' || (event.event === 'exchange' && event.result === 'not judgeable')) return
    if (event.event === 'exchange' && ++listed > MOST_LISTED) return
    events.push(event)
  }
}

function verificationFor(
  { baseline, target }: ChosenRecordingsBaseline,
  { strict }: VerifyFlags,
  take: (event: VerificationEvent) => void,
): Verification {
  const today = new Date().toISOString().slice(0, 10)
  return new Verification({ baseline, strict: strict === true, today, baselineName: namesFor(target) }, take)
}

/** Judges all files; returns how many were left when it was told to stop. */
async function judged(paths: readonly string[], verification: Verification, stop: AbortSignal): Promise<number> {
  const { files, errors } = recordingFiles(paths)
  for (const sentence of errors) verification.takeUnreadable(sentence.split(': ', 1)[0]!, sentence)
  const line = new StatusLine(process.stderr)
  await verifyFiles(compile(RULES), files, stop, (outcome) => {
    verification.take(outcome)
    line.show((seconds) => {
      const { exchanges } = verification.progress
      const rate = number(Math.round(exchanges / Math.max(0.1, seconds)))
      const of = `${number(verification.progress.files)} of ${count(files.length, 'file')}`
      return `judging recordings: ${of}, ${count(exchanges, 'exchange')}, ${rate}/s`
    })
  })
  line.clear()
  return stop.aborted ? files.length + errors.length - verification.progress.files : 0
}

function footerOf({ totals, entries }: Found, flags: VerifyFlags, durationMs: number): VerificationFooter {
  const isComplete = totals.files.left === 0
  const isGone = flags.failOnGone === true && entries.some(({ state }) => state === 'gone')
  const { settled, documented, inferred, open } = totals.judged
  const nothingJudged = settled + documented + inferred + open === 0
  const exitStatus = gravest(
    isComplete ? EXIT.nothingNew : EXIT.interrupted,
    totals.divergences.failing > 0 || isGone ? EXIT.somethingNew : EXIT.nothingNew,
    totals.files.unreadable > 0 || totals.recordings === 0 ? EXIT.usage : EXIT.nothingNew,
    // Where there is no recording at all, it is the files that are wrong.
    totals.recordings > 0 && nothingJudged ? EXIT.target : EXIT.nothingNew,
  )
  const reason = isComplete ? undefined : new Interrupted().message
  return {
    event: 'footer',
    complete: isComplete,
    ...(reason === undefined ? {} : { reason }),
    ...totals,
    exitStatus,
    durationMs,
  }
}

function updateBaseline(
  { baseline, target }: ChosenRecordingsBaseline,
  { divergences, entries }: Found,
  { complete, reason }: VerificationFooter,
  { wasJudged }: Verification,
): void {
  if (!complete) {
    remark(`the baseline is left as it is: not everything was judged (${reason})`)
    return
  }
  const update = updatedRecordings(baseline, divergences, entries, wasJudged)
  const isWritten = writeRecordingsBaseline(target, renderRecordingsBaseline(update.baseline))
  remark([isWritten ? `${target} written:` : `${target} is up to date`, ...update.difference].join('\n'))
}
