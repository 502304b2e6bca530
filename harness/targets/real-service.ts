import type { Target } from './target.ts'

/** What the hosts of the real service end with, in each cloud. Source: Azure's documentation of its national clouds. */
const CLOUDS = [
  'core.windows.net',
  'storage.azure.net',
  'core.usgovcloudapi.net',
  'core.chinacloudapi.cn',
  'core.cloudapi.de',
] as const

/** Whether a target is the real service, the only one whose answers are evidence; an emulator never is. */
export function isRealService({
  embedded,
  clock,
  endpoints,
}: Pick<Target, 'embedded' | 'clock' | 'endpoints'>): boolean {
  return !embedded && clock === 'wall' && endpoints.every(({ url }) => isCloudHost(new URL(url).hostname))
}

/** Whether a host belongs to Azure, in any of its clouds. */
export function isCloudHost(host: string): boolean {
  return CLOUDS.some((cloud) => host.endsWith(`.${cloud}`))
}

/** Where a target is, without the name of the account: what is contributed need not tell whose it was. */
export function whereIs({ embedded, endpoints }: Pick<Target, 'embedded' | 'endpoints'>): string | undefined {
  if (embedded) return undefined
  const { host, hostname } = new URL(endpoints[0]!.url)
  return isCloudHost(hostname) ? host.replace(/^[^.]+/, '*') : host
}
