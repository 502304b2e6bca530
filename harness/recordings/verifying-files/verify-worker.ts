/** A thread that judges files for another one: it is sent files, and answers with what became of each, in their order. */
import { parentPort } from 'node:worker_threads'
import { compile } from '../../../model/compiled-rules.ts'
import { RULES } from '../../../model/rules/index.ts'
import type { RecordingFile } from '../importing/recording-files.ts'
import { fileOutcome } from './file-outcome.ts'

const rules = compile(RULES)
parentPort!.on('message', (file: RecordingFile) => parentPort!.postMessage(fileOutcome(rules, file)))
