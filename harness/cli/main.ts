#!/usr/bin/env node
// The version is checked before anything is imported: what is imported may not even parse on an older Node.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    `leasecheck needs Node 22.22 or newer, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org\n`,
  )
  process.exit(2)
}
const { main } = await import('./program.ts')
await main(process.argv)

export {}
