import MagicString from 'magic-string'
import { exportFault } from './module-form.ts'
import { type ConfigEdit, addImport } from './config-edit.ts'
import { type ConfigSource, spanOf } from './config-source.ts'
import { exportedExpression } from './exported-config.ts'
import { type Exported, isTaken, presenceOf } from './plugin-import.ts'

/** Puts what a configuration exports into a call, such as `withPictures(…)`, and imports what is called. */
export function wrapExport(wrapper: Exported, config: ConfigSource): ConfigEdit {
  const { program, source } = config
  const presence = presenceOf(wrapper, program)
  if (presence.kind === 'used') return { kind: 'there' }
  if (presence.kind === 'absent' && isTaken(wrapper.local, program))
    return { kind: 'by-hand', reason: `\`${wrapper.local}\` means something else there` }
  const exported = exportedExpression(program)
  if (exported === undefined || isFunction(exported.type))
    return {
      kind: 'by-hand',
      reason: exportFault(config.source, 'it exports no object by default'),
    }
  const edits = new MagicString(source)
  const local = presence.kind === 'imported' ? presence.local : wrapper.local
  const { start, end } = spanOf(exported)
  edits.appendLeft(start, `${local}(`)
  edits.appendLeft(end, ')')
  if (presence.kind === 'absent') addImport(wrapper, config, edits)
  return { kind: 'changed', source: edits.toString() }
}

function isFunction(type: string): boolean {
  return type === 'ArrowFunctionExpression' || type === 'FunctionExpression'
}
