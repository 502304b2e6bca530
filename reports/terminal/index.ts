/** The report for people at a terminal: the plan before a run, each divergence as it is found, the verdict at the end. */
export { type BucketView, renderBucket } from './bucket.ts'
export { renderPlan } from './plan.ts'
export { renderSummary, type SummaryView } from './summary.ts'
