import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'

/** What a run of the go command came to. */
export type GoRun =
  | { readonly ended: 'well'; readonly stdout: string }
  | { readonly ended: 'badly'; readonly lastWords: string }
  | { readonly ended: 'missing' }

const KEPT_CHARACTERS = 4_000
const SHOWN_LINES = 12

/**
 * Runs the go command that is on the PATH.
 * @param env what is set besides the environment; no other Go is ever fetched
 */
export function runGo(args: readonly string[], cwd = tmpdir(), env: NodeJS.ProcessEnv = {}): Promise<GoRun> {
  return new Promise((resolve) => {
    const go = spawn('go', [...args], {
      cwd,
      env: { ...process.env, GOTOOLCHAIN: 'local', GOWORK: 'off', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const killNow = () => go.kill()
    process.once('exit', killNow)
    let stdout = ''
    let stderr = ''
    go.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk
    })
    go.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-KEPT_CHARACTERS)
    })
    go.once('error', () => {
      process.off('exit', killNow)
      resolve({ ended: 'missing' })
    })
    go.once('close', (status) => {
      process.off('exit', killNow)
      if (status === 0) return resolve({ ended: 'well', stdout })
      const lines = stderr.trim().split('\n').slice(-SHOWN_LINES)
      resolve({ ended: 'badly', lastWords: lines.map((line) => `  ${line}`).join('\n') })
    })
  })
}
