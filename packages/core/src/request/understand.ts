import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import type { Problem } from '../problem.ts'
import { readAttributes } from './attributes.ts'
import type { Known } from './known.ts'
import type { Linted } from './lint/lint.ts'
import { requestFor } from './request.ts'
import { namesOf } from './reuse.ts'

/** What directives ask for, each with its directive, and what is wrong with the others. */
export interface Understood {
  readonly linted: readonly Linted[]
  readonly problems: readonly Problem[]
}

/** Understands directives that refer to nothing beyond what is known. */
export function understand(
  directives: readonly Directive[],
  settings: Settings,
  known: Known,
): Understood {
  const answers = directives.map((directive) => ({
    directive,
    answer: requestFor(directive, settings, known),
  }))
  return {
    linted: answers.flatMap(({ directive, answer }) =>
      'request' in answer ? [{ directive, request: answer.request }] : [],
    ),
    problems: answers.flatMap(({ answer }) =>
      'problems' in answer ? answer.problems : (answer.warnings ?? []),
    ),
  }
}

/**
 * Understands variations, each after the picture that it varies where that is one of them as well. Whatever leads back
 * to itself is a problem; what stands upon a picture that was not understood is left out, as that one is told.
 */
export function understandInTurn(
  variations: readonly Directive[],
  settings: Settings,
  known: Known,
): Understood {
  const names = new Map(known.names)
  const waiting = Map.groupBy(variations, (one) => nameIn(one, 'vary') ?? '')
  const ownNames = new Set(variations.flatMap((one) => nameIn(one, 'name') ?? []))
  // One whose `vary` cannot be read waits for nobody, and is told.
  let turn = variations.filter((one) => !ownNames.has(nameIn(one, 'vary') ?? ''))
  const left = new Set(variations)
  const linted: Linted[] = []
  const problems: Problem[] = []
  while (turn.length > 0) {
    const now = understand(turn, settings, { ...known, names })
    for (const one of turn) left.delete(one)
    linted.push(...now.linted)
    problems.push(...now.problems)
    const named = namesOf(now.linted.map(({ request }) => request))
    turn = [...named].flatMap(([name, request]) => {
      names.set(name, request)
      return (waiting.get(name) ?? []).filter((one) => left.has(one))
    })
  }
  return { linted, problems: [...problems, ...cyclesIn([...left])] }
}

/** A picture's name in an attribute, in lower case; nothing where there is none. */
export function nameIn(directive: Directive, attribute: 'name' | 'vary'): string | undefined {
  return readAttributes(directive).texts.get(attribute)?.toLowerCase()
}

function cyclesIn(variations: readonly Directive[]): readonly Problem[] {
  const links = new Map(
    variations.flatMap((one) => {
      const name = nameIn(one, 'name')
      const base = nameIn(one, 'vary')
      return name === undefined || base === undefined ? [] : [[name, base] as const]
    }),
  )
  const cyclic = namesInCycles(links)
  return variations.flatMap((one): readonly Problem[] => {
    const name = nameIn(one, 'name')
    if (name === undefined || !cyclic.has(name)) return []
    const attribute = one.attributes.find((each) => each.name === 'vary')
    const base = attribute?.value ?? ''
    return [{ kind: 'vary-cycle', name: base, place: attribute?.place ?? one.place }]
  })
}

/** The names from which a way along the links leads back; each link is walked once. */
function namesInCycles(links: ReadonlyMap<string, string>): ReadonlySet<string> {
  const walked = new Set<string>()
  const cyclic = new Set<string>()
  for (const start of links.keys()) {
    const path: string[] = []
    let at: string | undefined = start
    while (at !== undefined && links.has(at) && !walked.has(at)) {
      walked.add(at)
      path.push(at)
      at = links.get(at)
    }
    const from = at === undefined ? -1 : path.indexOf(at)
    if (from >= 0) for (const name of path.slice(from)) cyclic.add(name)
  }
  return cyclic
}
