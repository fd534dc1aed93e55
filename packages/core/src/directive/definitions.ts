import { normalizeIdentifier } from 'micromark-util-normalize-identifier'
import type { Construct, Event, ParseContext } from 'micromark-util-types'
import { readArguments } from './arguments.ts'
import type { Arguments } from './arguments.ts'

/** The definitions of documents: `[LABEL]: ARGS`. */
export interface Definitions {
  /** Reads definitions as micromark does, and remembers them. */
  readonly construct: Construct
  /** What the first definition of a label says; nothing where none has it. */
  find(parser: ParseContext, label: string): Arguments | undefined
}

/** What CommonMark allows a label. */
const maxLabelLength = 999

/** Remembers definitions, each with the document that it stands in. */
export function createDefinitions(): Definitions {
  const known = new WeakMap<ParseContext, Map<string, Arguments>>()
  const remember = (parser: ParseContext, events: readonly Event[]): void => {
    const definitions = known.get(parser) ?? new Map<string, Arguments>()
    known.set(parser, definitions)
    const identifier = identifierIn(events)
    if (!definitions.has(identifier)) definitions.set(identifier, attributesIn(events))
  }
  return {
    construct: rememberedBy(remember),
    find(parser, label) {
      if (label.replaceAll(/[\r\n]/g, '').length > maxLabelLength) return undefined
      return known.get(parser)?.get(normalizeIdentifier(label))
    },
  }
}

/**
 * All blocks of a document are read before any text, so that a reference finds definitions that follow it. Only these
 * events hold them as they are written: a tree knows them without their escapes.
 */
function rememberedBy(
  remember: (parser: ParseContext, events: readonly Event[]) => void,
): Construct {
  return {
    name: 'genDefinition',
    tokenize(effects, ok, nok) {
      const { length } = this.events
      const constructs = [this.parser.constructs.contentInitial['91'] ?? []].flat()
      const definition = constructs.filter(({ name }) => name === 'definition')
      return effects.attempt(
        definition,
        (code) => {
          remember(this.parser, this.events.slice(length))
          return ok(code)
        },
        nok,
      )
    },
  }
}

function identifierIn(events: readonly Event[]): string {
  const [, token, context] = events.find(([, { type }]) => type === 'definitionLabelString') ?? []
  return normalizeIdentifier((token && context?.sliceSerialize(token)) ?? '')
}

function attributesIn(events: readonly Event[]): Arguments {
  const start = events.findIndex(([, { type }]) => type === 'definitionDestination')
  const end = events.findLastIndex(
    ([, { type }]) => type === 'definitionDestination' || type === 'definitionTitle',
  )
  // Tokens without others in them leave nothing out, and none of them goes on in a second line.
  const leaves = events.slice(start, end).filter(([edge, token], index, all) => {
    return edge === 'enter' && all[index + 1]?.[1] === token
  })
  return readArguments(
    leaves.map(([, token, context]) => {
      const { line, column } = token.start
      return { text: context.sliceSerialize(token), line, column }
    }),
  )
}
