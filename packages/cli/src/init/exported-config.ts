import type {
  ExportDefaultDeclaration,
  Expression,
  Node,
  ObjectExpression,
  Program,
  Statement,
} from '@babel/types'

/** The expression that a configuration exports by default; nothing where it declares something there. */
export function exportedExpression(program: Program): Expression | undefined {
  const declared = exportedIn(program)
  if (declared?.type === 'FunctionDeclaration' || declared?.type === 'ClassDeclaration')
    return undefined
  return declared?.type === 'TSDeclareFunction' ? undefined : declared
}

function exportedIn({ body }: Program): ExportDefaultDeclaration['declaration'] | undefined {
  return body.find((node) => node.type === 'ExportDefaultDeclaration')?.declaration
}

/**
 * The one object that a configuration comes to, through `defineConfig`, a constant, a function that returns once, and what
 * TypeScript says of it. Answers nothing where there may be another one, or where a call that is not known makes it.
 */
export function exportedObject(program: Program): ObjectExpression | undefined {
  const declared = exportedIn(program)
  return declared?.type === 'FunctionDeclaration'
    ? returnedObject(declared.body.body, program.body)
    : objectIn(declared, program.body)
}

/** Names under which hosts offer a function that answers the configuration that it is given. */
const identities: ReadonlySet<string> = new Set(['defineConfig', 'defineViteConfig'])

function objectIn(
  node: Node | null | undefined,
  scope: readonly Statement[],
): ObjectExpression | undefined {
  if (node?.type === 'ObjectExpression') return node
  if (node?.type === 'TSAsExpression' || node?.type === 'TSSatisfiesExpression')
    return objectIn(node.expression, scope)
  if (node?.type === 'Identifier') return objectIn(constantIn(node.name, scope), scope)
  if (node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression')
    return node.body.type === 'BlockStatement'
      ? returnedObject(node.body.body, scope)
      : objectIn(node.body, scope)
  if (node?.type !== 'CallExpression') return undefined
  const { callee } = node
  const isIdentity = callee.type === 'Identifier' && identities.has(callee.name)
  return isIdentity ? objectIn(node.arguments[0], scope) : undefined
}

function returnedObject(
  body: readonly Statement[],
  scope: readonly Statement[],
): ObjectExpression | undefined {
  const last = body.at(-1)
  if (last?.type !== 'ReturnStatement' || !body.slice(0, -1).every(({ type }) => going.has(type)))
    return undefined
  return objectIn(last.argument, [...body, ...scope])
}

/** Statements that do not end their function; one in them may return what it likes. */
const going: ReadonlySet<Statement['type']> = new Set([
  'VariableDeclaration',
  'FunctionDeclaration',
  'ExpressionStatement',
  'TSTypeAliasDeclaration',
  'TSInterfaceDeclaration',
])

/** What a constant is made of. */
export function constantIn(name: string, scope: readonly Statement[]): Expression | undefined {
  const found = scope
    .flatMap((node) => {
      const declared = node.type === 'ExportNamedDeclaration' ? node.declaration : node
      return declared?.type === 'VariableDeclaration' && declared.kind === 'const'
        ? declared.declarations
        : []
    })
    .find(({ id }) => id.type === 'Identifier' && id.name === name)
  return found?.init ?? undefined
}
