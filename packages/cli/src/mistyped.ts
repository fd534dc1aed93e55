import { parseArgs } from 'node:util'
import { didYouMean, nearestOf } from '@imprompt/core'
import { commands, options, owners } from './options.ts'

/**
 * Names the first option of a command line that no command knows, and the one that was probably meant: one that goes with its
 * command before any other. Answers nothing where each is known.
 */
export function mistypedIn(argv: readonly string[]): string | undefined {
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const stray = tokens.find(
    (token) => token.kind === 'option' && !Object.hasOwn(options, token.name),
  )
  if (stray?.kind !== 'option') return undefined
  const command = positionals.find((word) => Object.hasOwn(commands, word))
  const all = Object.keys(options)
  const own = all.filter((name) => owners.get(name)?.includes(command ?? '') !== false)
  const meant = nearestOf(stray.name, own) ?? nearestOf(stray.name, all)
  return `Unexpected \`${stray.rawName}\`${didYouMean(meant && `--${meant}`)}`
}
