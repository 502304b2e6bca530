/** Ids of entries look like those of NTFS: large numbers, unique in the account. */
let last = 13_835_128_424_026_341_376n

export function newEntryId(): string {
  last += 1n
  return String(last)
}
