/** The user's own baseline of recordings, in the working directory. */
export const OWN_RECORDINGS_BASELINE = 'leasecheck-recordings.json'
