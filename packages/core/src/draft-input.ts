import type { Settings } from './config/settings.ts'
import type { Directive } from './directive/directive.ts'
import { ImpromptError } from './error.ts'
import { describePlace } from './place.ts'
import type { PlanInput } from './plan/plan.ts'
import { type DraftLook, draftsOf } from './request/draft.ts'
import { isReuse } from './request/reuse.ts'

/** Which drafts of a picture are meant. */
export interface DraftChoice {
  readonly directive: Directive
  /** Each from 1. */
  readonly numbers: readonly number[]
  readonly look: DraftLook
}

/**
 * What a build is made from that makes drafts of one picture, with whatever that is made from, and nothing else of its
 * project. What is wrong elsewhere in the content does not matter to it.
 * @throws `USAGE` for a directive that shows the picture of another one
 */
export function draftInput(scan: PlanInput, choice: DraftChoice, settings: Settings): PlanInput {
  const { directive, numbers, look } = choice
  if (isReuse(directive))
    throw new ImpromptError(
      'USAGE',
      `${describePlace(directive.place)}  It shows the picture of another place, by \`use\`; nothing was bought. Name the place where that is described`,
    )
  const drafts = draftsOf(directive, numbers, look, { settings, known: scan.known })
  const isWhole = 'requests' in drafts
  return {
    ...scan,
    directives: [directive],
    requests: isWhole ? drafts.requests : [],
    problems: isWhole ? drafts.warnings : drafts.problems,
  }
}
