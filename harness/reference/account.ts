import { createSecretKey } from 'node:crypto'
import { type CompiledRules, compile } from '../../model/compiled-rules.ts'
import { RULES } from '../../model/rules/index.ts'
import type { Credential } from './authorization/shared-key.ts'
import { type BlobStore, emptyBlobStore } from './blobs/store.ts'
import { emptyFileStore, type FileStore } from './files/store.ts'

/** Everything that the reference server holds: one account with its two services. */
export interface Account {
  readonly credential: Credential
  readonly rules: CompiledRules
  readonly blobs: BlobStore
  readonly files: FileStore
}

/** A new account in which there is nothing. `key` is base64; other rules than ours make it a faulty server. */
export function emptyAccount(account: string, key: string, rules: CompiledRules = compile(RULES)): Account {
  const credential = { account, key: createSecretKey(Buffer.from(key, 'base64')) }
  return { credential, rules, blobs: emptyBlobStore(), files: emptyFileStore() }
}
