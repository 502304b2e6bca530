import { Worker } from 'node:worker_threads'
import { scriptAt } from '../../targets/server-process.ts'
import type { FileOutcome } from './file-outcome.ts'
import type { Queued } from './verify-files.ts'

/** So many files wait for a thread, so that it has something to do while nobody looks. */
const WAITING = 8

/** A second thread that judges files. If it dies of an error, the process does: nothing would be right any more. */
export class VerifyThread {
  readonly #worker: Worker
  readonly #sent: number[] = []

  constructor(done: (place: number, outcome: FileOutcome) => void) {
    this.#worker = new Worker(scriptAt('../recordings/verifying-files/verify-worker'))
    this.#worker.on('message', (outcome: FileOutcome) => done(this.#sent.shift()!, outcome))
  }

  /** Gives it as much as it should have. */
  feed(queue: { next(): Queued | undefined }): void {
    while (this.#sent.length < WAITING) {
      const queued = queue.next()
      if (queued === undefined) return
      this.#sent.push(queued.place)
      this.#worker.postMessage(queued.file)
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
