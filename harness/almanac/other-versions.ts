/** Beside the results of targets, the folder of those of client libraries in other versions than the newest known. */
export const OTHER_VERSIONS = 'clients'
