import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where leasecheck keeps what it can fetch or compute again, for this user, by the custom of the operating system. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'leasecheck')
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'leasecheck', 'Cache')
  return join(homedir(), '.cache', 'leasecheck')
}
