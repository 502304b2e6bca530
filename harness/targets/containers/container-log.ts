import { createWriteStream, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'

/** How much of a log is quoted in a message. */
const QUOTED = 4_000
/** How long the last words of a container that has ended may take to arrive. */
const LAST_WORDS_MS = 2_000

/** What a container writes: the end of it in memory, all of it in a file that is kept if something failed. */
export interface ContainerLog {
  /** Once everything that was written has arrived: the end of it and where the rest is, to be put behind a message. */
  quoted(): Promise<string>
  /** Removes the file, unless the log was quoted. */
  close(): Promise<void>
}

/** @param id of the container, for the name of the file. */
export function logOf(output: Readable, id: string): ContainerLog {
  const path = join(tmpdir(), `leasecheck-container-${id.slice(0, 12)}.log`)
  const file = createWriteStream(path)
  let end = ''
  let isKept = false
  output.setEncoding('utf8')
  output.on('data', (text: string) => {
    end = `${end}${text}`.slice(-QUOTED)
    file.write(text)
  })
  const ended = finished(output).catch(() => undefined)
  void ended.then(() => file.end())
  const written = finished(file).catch(() => undefined)
  return {
    quoted: async () => {
      isKept = true
      await Promise.race([written, new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS).unref())])
      return end.trim() === '' ? '' : `; it said:\n${end.trim()}\nits log is kept in ${path}`
    },
    close: async () => {
      output.destroy()
      file.end()
      await written
      if (!isKept || end.trim() === '') rmSync(path, { force: true })
    },
  }
}
