import { describeUse, type Use } from '../../../model/uses.ts'

/** The name of a world in which a use can succeed. */
export function worldForUse(use: Use): string {
  const { kind, blobType = 'block', needsSource = false, class: of } = describeUse(use)
  const subject = of === 'make' ? `${kind}-absent` : kind
  return `${blobType === 'block' ? '' : `${blobType}-`}${subject}${needsSource ? '-and-source' : ''}`
}
