import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'

export type Testcontainers = typeof import('testcontainers')

const NAME = 'testcontainers'

/**
 * Loads the package that talks to container engines; leasecheck itself comes without it.
 * @param places files whose folders are looked in, in turn: the user's project, then beside leasecheck.
 * @throws UsageError that says what to install.
 */
export function loadTestcontainers(places = [join(process.cwd(), 'package.json'), import.meta.url]): Testcontainers {
  for (const place of places) {
    const require = createRequire(place)
    try {
      return require(NAME) as Testcontainers
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  throw new UsageError(
    `a container is started with ${NAME}, which is not installed; run: npm install --save-dev ${NAME}`,
  )
}
