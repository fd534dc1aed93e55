import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import type { Problem } from '../problem.ts'
import { type ImageRequest, requestFor } from './request.ts'

/** Understands every directive of a project, and holds their names against each other. */
export function readRequests(
  directives: readonly Directive[],
  settings: Settings,
): { readonly requests: readonly ImageRequest[]; readonly problems: readonly Problem[] } {
  const answers = directives.map((directive) => requestFor(directive, settings))
  const requests = answers.flatMap((answer) => ('request' in answer ? [answer.request] : []))
  const problems = answers.flatMap((answer) => ('problems' in answer ? answer.problems : []))
  return { requests, problems: [...problems, ...nameConflicts(requests)] }
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
  return one.request.prompt === other.request.prompt && one.request.take === other.request.take
}
