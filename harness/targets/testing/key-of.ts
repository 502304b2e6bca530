import type { Endpoint } from '../target.ts'

/** The key of an account that is asked with its key, as that of every server of ours is. */
export function keyOf({ credential }: Endpoint): string {
  if (credential.by !== 'key') throw new Error(`asked by ${credential.by}, not by key`)
  return credential.key
}
