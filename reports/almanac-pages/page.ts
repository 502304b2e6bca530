/** One file of the almanac; the path is relative to `reports/almanac/`. */
export interface Page {
  readonly path: string
  readonly text: string
}
