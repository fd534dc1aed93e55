import { parseArgs } from 'node:util'
import { didYouMean, nearestOf } from '@imprompt/core'
import { commands, options, owners } from './options.ts'

/**
 * What a command line says that holds an option which nobody knows: the option, and the one that was probably meant, of those
 * that go with its command before others. Answers nothing where it knows each.
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
