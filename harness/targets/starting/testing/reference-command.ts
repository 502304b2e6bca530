/** For tests: a reference server as a command that stays in the foreground: PORT, then the milliseconds until it listens. */
import { setTimeout as sleep } from 'node:timers/promises'
import { emptyAccount } from '../../../reference/account.ts'
import { listen } from '../../../reference/listen.ts'
import { EMULATOR_ACCOUNT, EMULATOR_KEY } from '../../emulator-account.ts'

const [port, delayMs = '0', lifeMs] = process.argv.slice(2)
process.stdout.write('the server starts\n')
await sleep(Number(delayMs))
const account = emptyAccount(EMULATOR_ACCOUNT, EMULATOR_KEY)
await listen(account, { host: '127.0.0.1', port: Number(port), filePort: 0 })
process.stdout.write('the server listens\n')
if (lifeMs !== undefined) {
  await sleep(Number(lifeMs))
  process.stderr.write('the server has run out of luck\n')
  process.exit(7)
}
