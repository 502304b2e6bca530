import {
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  FAILSAFE_SCHEMA,
  loadAll,
  nullCoreTag,
  YAMLException,
} from 'js-yaml'
import { isObject } from './plain-data.ts'
import type { Base64Text } from './recorded-text.ts'

/** The fewest letters that every tag begins with: whatever a recorder's language tagged is read as what it is made of. */
const ANY_TAG = { matchByTagPrefix: true, identify: () => false } as const

const MAPPING = {
  create: (): Record<string, unknown> => ({}),
  addPair: (mapping: Record<string, unknown>, key: unknown, value: unknown) => {
    mapping[keyText(key)] = value
    return ''
  },
  // PyYAML lets the last of two equal keys win, so that is what the recorder would read.
  has: () => false,
  keys: Object.keys,
  get: (mapping: Record<string, unknown>, key: unknown) => mapping[keyText(key)],
}

/**
 * Texts, sequences, mappings and null; no number, date or object is made of anything. `!!binary` keeps its base64, since most
 * of it is never looked at.
 */
const SCHEMA = FAILSAFE_SCHEMA.withTags(
  nullCoreTag,
  defineMappingTag('tag:yaml.org,2002:map', { ...MAPPING, identify: isObject }),
  defineScalarTag('tag:yaml.org,2002:binary', {
    resolve: (source): Base64Text => ({ base64_string: source }),
    identify: () => false,
  }),
  defineScalarTag('', { ...ANY_TAG, resolve: (source) => source }),
  defineSequenceTag('', {
    ...ANY_TAG,
    create: (): unknown[] => [],
    addItem: (sequence, item) => {
      sequence.push(item)
    },
  }),
  defineMappingTag('', { ...ANY_TAG, ...MAPPING }),
)

export type ReadYaml = { readonly documents: readonly unknown[] } | { readonly error: string }

/** Reads every document of a YAML file; an error is a clause that names the line and quotes nothing of the file. */
export function readYaml(text: string): ReadYaml {
  try {
    return { documents: loadAll(text, { schema: SCHEMA, maxTotalMergeKeys: 0 }) }
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const line = error.mark === undefined ? '' : ` in line ${error.mark.line + 1}`
    return { error: `it is no valid YAML${line}` }
  }
}

/** Keys of aiohttp are Python objects with the text inside: `? !!python/object/new:multidict._istr.istr [Date]`. */
function keyText(key: unknown): string {
  if (typeof key === 'string') return key
  if (Array.isArray(key)) return key.length === 0 ? '' : keyText(key[0])
  return isObject(key) ? keyText(Object.values(key)[0]) : ''
}
