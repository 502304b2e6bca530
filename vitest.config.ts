import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{model,properties,harness,reports}/**/*.test.ts'],
    // Half of the slow tests wait for child processes, so a second worker pays on two cores too.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
