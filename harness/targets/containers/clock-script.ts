import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { scriptAt } from '../server-process.ts'

/** Where the script stands inside a container. */
export const CLOCK_SCRIPT_PATH = '/leasecheck/clock.cjs'

/** Makes every Node in a container run the script first, whatever starts it. */
export const CLOCK_ENVIRONMENT = { NODE_OPTIONS: `--require=${CLOCK_SCRIPT_PATH}` } as const

/** `import a, { b } from 'c'`, and nothing more: the script imports only from Node. */
const IMPORT = /^import (?:(\w+),? )?(?:\{([\w\s,]*)\} )?from ('node:[\w/]+');?$/gm

/**
 * The script that gives a Node its virtual clock, as plain CommonJS. An ECMAScript module would not do: what is preloaded with
 * `--import` never runs in a single executable, which is what newer Azurite images hold (tried with Node 24.21), and Node
 * before 18.18 does not know the option.
 */
export function clockScript(): string {
  const url = scriptAt('../clock/preload')
  const text = readFileSync(url, 'utf8')
  const script = (url.pathname.endsWith('.ts') ? withoutTypes(text) : text).replace(IMPORT, required)
  if (/^(import|export)\b/m.test(script)) throw new Error(`${url} holds an import or export that is not understood`)
  return `'use strict'\n${script}`
}

function required(_: string, whole: string | undefined, names: string | undefined, module: string): string {
  const named = names?.trim() ? [`const {${names}} = require(${module})`] : []
  return [...(whole === undefined ? [] : [`const ${whole} = require(${module})`]), ...named].join('; ')
}

/** Only when run from sources. Node warns that the function is experimental, which is nothing to tell a user. */
function withoutTypes(text: string): string {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return stripTypeScriptTypes(text)
  } finally {
    process.emitWarning = emitWarning
  }
}
