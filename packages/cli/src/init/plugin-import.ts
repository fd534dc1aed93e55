import type { ImportDeclaration, Node, Program } from '@babel/types'
import { nodesIn } from './config-source.ts'

/** Something that a package exports and that a configuration calls. */
export interface Exported {
  /** Name of the package, or a path of its exports. */
  readonly from: string
  /** Name of the export. */
  readonly name: string
  /** What it is called in the file that imports it. */
  readonly local: string
}

/** How far a configuration has it. */
export type Presence =
  | { readonly kind: 'used' }
  /** It is imported, by this name, and nothing is made of it. */
  | { readonly kind: 'imported'; readonly local: string }
  | { readonly kind: 'absent' }

/** Tells whether a configuration imports an export, in whatever way, and uses it. */
export function presenceOf({ from, name }: Exported, program: Program): Presence {
  if (loadsAtRunTime(from, program)) return { kind: 'used' }
  const found = importsOf(from, program).flatMap((declaration) => localsOf(name, declaration))
  const [local] = found
  if (local === undefined) return { kind: 'absent' }
  return found.some((one) => isMentioned(one, program))
    ? { kind: 'used' }
    : { kind: 'imported', local }
}

/** Whether a file speaks of a package by importing it. */
export function importsFrom(from: string, program: Program): boolean {
  return importsOf(from, program).length > 0 || loadsAtRunTime(from, program)
}

/** Whether a name means something in a program. */
export function isTaken(local: string, program: Program): boolean {
  return [...nodesIn(program)].some((node) => node.type === 'Identifier' && node.name === local)
}

function importsOf(from: string, { body }: Program): readonly ImportDeclaration[] {
  return body.filter(
    (node): node is ImportDeclaration =>
      node.type === 'ImportDeclaration' && node.source.value === from && node.importKind !== 'type',
  )
}

function localsOf(name: string, { specifiers }: ImportDeclaration): readonly string[] {
  return specifiers
    .filter((one) => {
      if (one.type === 'ImportNamespaceSpecifier') return true
      if (one.type === 'ImportDefaultSpecifier') return name === 'default'
      return one.imported.type === 'Identifier' && one.imported.name === name
    })
    .map(({ local }) => local.name)
}

function isMentioned(local: string, { body }: Program): boolean {
  const others = body.filter(({ type }) => type !== 'ImportDeclaration')
  return [...nodesIn(others)].some((node) => node.type === 'Identifier' && node.name === local)
}

/** `require('…')` and `import('…')`, of which a name cannot be followed. */
function loadsAtRunTime(from: string, program: Program): boolean {
  return [...nodesIn(program)].some((node) => loadedBy(node) === from)
}

function loadedBy(node: Node): string | undefined {
  if (node.type !== 'CallExpression') return undefined
  const {
    callee,
    arguments: [first],
  } = node
  return isLoader(callee) && first?.type === 'StringLiteral' ? first.value : undefined
}

/** `import`, `require`, and what `createRequire(…)` answers. */
function isLoader(callee: Node): boolean {
  if (callee.type === 'Import') return true
  if (callee.type === 'Identifier') return callee.name === 'require'
  if (callee.type !== 'CallExpression') return false
  return callee.callee.type === 'Identifier' && callee.callee.name === 'createRequire'
}
