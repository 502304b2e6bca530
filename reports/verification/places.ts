import type { Place, SeenAt } from './verification.ts'

/** Where an exchange stands: `sessions/lease.json#7`, or with the name of the recording `all.jsonl#lease.json#7`. */
export function placeText({ file, recording, place }: Place): string {
  return [file, ...(recording === undefined ? [] : [recording]), place].join('#')
}

/** `sessions/lease.json#7: PUT /container/blob?comp=lease, renew`. */
export function seenText(seen: SeenAt): string {
  return `${placeText(seen)}: ${seen.request}`
}
