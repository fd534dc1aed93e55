import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import type { Problem } from '../problem.ts'
import type { ImageRequest } from './image-request.ts'
import { type Known, nothingKnown } from './known.ts'
import { lintsOf } from './lint/lint.ts'
import { type Names, isReuse, nameOf, namesOf } from './reuse.ts'
import { nameIn, understand, understandInTurn } from './understand.ts'
import { isVariation } from './variation.ts'

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
  const bought = directives.filter((one) => !isReuse(one))
  const plain = understand(
    bought.filter((one) => !isVariation(one)),
    settings,
    known,
  )
  const plainNames = namesOf(plain.linted.map(({ request }) => request))
  const varied = understandInTurn(bought.filter(isVariation), settings, {
    ...known,
    names: new Map([...known.names, ...plainNames]),
  })
  const own = [...plain.linted, ...varied.linted]
  const byDirective = new Map(own.map((one) => [one.directive, one.request]))
  const originals = bought.flatMap((one) => byDirective.get(one) ?? [])
  const names = new Map([...known.names, ...namesOf(originals)])
  const reused = understand(directives.filter(isReuse), settings, { ...known, names })
  for (const { directive, request } of reused.linted) byDirective.set(directive, request)
  const isNoNews = isKnownElsewhere(bought.filter((one) => !byDirective.has(one)))
  return {
    // The order of the content is that of the plan.
    requests: directives.flatMap((directive) => byDirective.get(directive) ?? []),
    names,
    problems: [
      ...[...plain.problems, ...varied.problems, ...reused.problems].filter(
        (problem) => !isNoNews(problem),
      ),
      ...nameConflicts(originals),
      ...lintsOf([...own, ...reused.linted]),
    ],
  }
}

/** A picture that has a name and problems of its own is not also missed under that name. */
function isKnownElsewhere(faulty: readonly Directive[]): (problem: Problem) => boolean {
  const names = new Set(faulty.map((one) => nameIn(one, 'name')))
  return (problem) =>
    (problem.kind === 'use-unknown' || problem.kind === 'vary-unknown') &&
    names.has(problem.name.toLowerCase())
}

/** Names become files, which some systems tell apart by case and others do not. */
function nameConflicts(requests: readonly ImageRequest[]): readonly Problem[] {
  const first = new Map<string, ImageRequest>()
  return requests.flatMap((request): readonly Problem[] => {
    const name = nameOf(request)
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

function soughtIn({ request, files, base }: ImageRequest): string {
  return JSON.stringify([request.prompt, request.take, [...files], base && nameOf(base)])
}
