import type { Header } from './results.ts'

/** What the command depends on. */
export type Repeatable = Pick<Header, 'repeat' | 'target' | 'driver'>

/** The command that repeats a scenario on the target of a run. */
export function replayCommand(token: string, header: Repeatable): string {
  const rest = header.repeat ?? assumed(header)
  return ['npx leasecheck replay', `'${token.replaceAll("'", "'\\''")}'`, ...rest.map(quoted)].join(' ')
}

/** What a run that does not say how to repeat it must have been started with. */
function assumed({ target, driver }: Repeatable): readonly string[] {
  return [
    ...(target.name === 'azurite' ? [] : [target.url === undefined ? target.name : withoutSecrets(target.url)]),
    ...(driver === 'rest' ? [] : ['--driver', driver]),
  ]
}

/** A URL without user and query, where a shared access signature would stand. */
export function withoutSecrets(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//')
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
