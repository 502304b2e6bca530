import { type Answer, done, invalidHeader, missingHeader, type Refusal, refusal } from '../answer.ts'
import type { Call } from '../call.ts'
import type { StorageRequest } from '../request.ts'
import { onBlob } from './place.ts'

/** Tiers of block blobs; those of page blobs are for premium accounts, which this is not. */
const TIERS = ['Hot', 'Cool', 'Cold', 'Archive']

/** Reads `x-ms-access-tier`. */
export function accessTier({ headers }: StorageRequest): string | undefined | Refusal {
  const text = headers['x-ms-access-tier']
  if (text === undefined) return undefined
  return TIERS.find((tier) => tier.toLowerCase() === text.toLowerCase()) ?? invalidHeader('x-ms-access-tier', text)
}

export function setBlobTier(call: Call): Answer {
  return onBlob(call, 'setBlobTier', ({ container, name, blob }) => {
    const tier = accessTier(call.request)
    if (tier === undefined) return missingHeader('x-ms-access-tier')
    if (typeof tier !== 'string') return tier
    if (blob!.content?.type !== 'block') return refusal(409, 'InvalidBlobType')
    container!.blobs.set(name, { ...blob!, tier })
    return done()
  })
}
