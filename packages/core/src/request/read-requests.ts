import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import type { Problem } from '../problem.ts'
import type { ImageRequest } from './image-request.ts'
import { type Known, nothingKnown } from './known.ts'
import { type Linted, lintsOf } from './lint/lint.ts'
import { requestFor } from './request.ts'
import { type Names, isReuse, namesOf } from './reuse.ts'

/** What directives ask for, by the place of each in their list, and the names by which pictures are shown again. */
export interface Requests {
  readonly requests: readonly ImageRequest[]
  readonly names: Names
  readonly problems: readonly Problem[]
}

/**
 * Understands every directive of a project, and holds them against each other.
 * @param known Pictures that stand elsewhere, and files.
 */
export function readRequests(
  directives: readonly Directive[],
  settings: Settings,
  known: Known = nothingKnown,
): Requests {
  const own = understood(
    directives.filter((one) => !isReuse(one)),
    settings,
    known,
  )
  const originals = own.linted.map(({ request }) => request)
  const names = new Map([...known.names, ...namesOf(originals)])
  const reused = understood(directives.filter(isReuse), settings, { ...known, names })
  const linted = [...own.linted, ...reused.linted]
  const byDirective = new Map(linted.map((one) => [one.directive, one.request]))
  return {
    // The order of the content is that of the plan.
    requests: directives.flatMap((directive) => byDirective.get(directive) ?? []),
    names,
    problems: [
      ...own.problems,
      ...reused.problems,
      ...nameConflicts(originals),
      ...lintsOf(linted),
    ],
  }
}

interface Understood {
  readonly linted: readonly Linted[]
  readonly problems: readonly Problem[]
}

function understood(
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

/** Names become files, which some systems tell apart by case and others do not. */
function nameConflicts(requests: readonly ImageRequest[]): readonly Problem[] {
  const first = new Map<string, ImageRequest>()
  return requests.flatMap((request): readonly Problem[] => {
    const name = request.display.name?.toLowerCase()
    if (name === undefined) return []
    const other = first.get(name) ?? request
    first.set(name, other)
    if (isSameText(other, request)) return []
    return [{ kind: 'name-conflict', name, other: other.place, place: request.place }]
  })
}

function isSameText(one: ImageRequest, other: ImageRequest): boolean {
  return soughtIn(one) === soughtIn(other)
}

function soughtIn({ request, files }: ImageRequest): string {
  return JSON.stringify([request.prompt, request.take, [...files]])
}
