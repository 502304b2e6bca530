import type { OperationName } from './operation.ts'
import { RESOURCE_KINDS, type ResourceKind } from './resource.ts'
import { doc } from './rules/evidence.ts'

/** The rule that a target breaks by not knowing an operation at all: `blob.implements.setBlobTags`. */
export type ImplementationRule = string

export function implementationRule(kind: ResourceKind, name: OperationName): ImplementationRule {
  return `${kind}.implements.${name}`
}

/** Whether a rule is that of an operation being known, on whatever kind of resource. */
export function isImplementationRule(rule: string, name: OperationName): boolean {
  return RESOURCE_KINDS.some((kind) => rule === implementationRule(kind, name))
}

export const IMPLEMENTED = doc('storage-services', 'the operation is part of the service')

/**
 * Operations that a target was found not to know, by the rule that it breaks, each with what it answered where the operation
 * should have succeeded. A single answer cannot tell: a 404 may be of the resource, a 201 of another operation.
 */
export type MissingOperations = ReadonlyMap<ImplementationRule, string>

export const NOTHING_MISSING: MissingOperations = new Map()
