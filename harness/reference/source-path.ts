/**
 * What the path of a source names below the account, decoded: `container/blob` or `share/directory/file`. Undefined if it is
 * no path of the account.
 */
export function pathBelowAccount(url: URL, account: string): string | undefined {
  try {
    const path = decodeURIComponent(url.pathname).slice(1)
    if (url.hostname.startsWith(`${account}.`)) return path
    return path.startsWith(`${account}/`) ? path.slice(account.length + 1) : undefined
  } catch {
    return undefined
  }
}
