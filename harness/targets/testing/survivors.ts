import type { Endpoint } from '../target.ts'

/** Which of the servers still listen after two seconds. A process that is gone may keep its id for a while, but no port. */
export async function survivors(endpoints: readonly Endpoint[]): Promise<readonly Endpoint[]> {
  const limitMs = performance.now() + 2_000
  for (;;) {
    const listening = await Promise.all(endpoints.map(listens))
    if (!listening.includes(true) || performance.now() > limitMs) return endpoints.filter((_, i) => listening[i])
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function listens({ url }: Endpoint): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  )
}
