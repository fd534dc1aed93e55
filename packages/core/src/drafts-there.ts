import { pickCommand } from './draft-commands.ts'
import { type DraftChoice, draftInput } from './draft-input.ts'
import type { Settings } from './config/settings.ts'
import { authoredKeyOf } from './key/key.ts'
import type { PlanInput } from './plan/plan.ts'
import type { Entry, Store } from './ports.ts'
import type { DraftLook } from './request/draft.ts'
import { sizeNames } from './request/size.ts'
import { formatSize } from './size-rule.ts'
import { count } from './wording.ts'

/** Where drafts are looked for. */
export interface DraftsContext {
  readonly settings: Settings
  readonly store: Pick<Store, 'entries'>
}

/**
 * The drafts of a picture that are stored, a line for each way in which they were made, with the command that picks one.
 * Those whose options were written otherwise than in the usual ways are not told.
 */
export async function draftsThere(
  scan: PlanInput,
  choice: DraftChoice,
  { settings, store }: DraftsContext,
): Promise<readonly string[]> {
  const found = await store.entries()
  if (found.kind !== 'hit') return []
  const drafts = found.value.filter(({ request }) => request.draft === true)
  const keys = new Set(drafts.map(({ key }) => key))
  const numbers = [...new Set(drafts.flatMap(({ request }) => request.take ?? []))].toSorted(
    (one, other) => one - other,
  )
  if (numbers.length === 0) return []
  return looksOf(drafts, settings).flatMap((look) => {
    const alike = { ...choice, numbers, look }
    const own = draftInput(scan, alike, settings).requests.filter((request) =>
      // Several ways of writing may come to the same draft.
      keys.delete(authoredKeyOf(request)),
    )
    if (own.length === 0) return []
    const named = own.map(({ request }) => request.take).join(', ')
    return [`  ${count(own.length, 'draft')} (${named}): \`${pickCommand(alike, 'NUMBER')}\``]
  })
}

/** The ways in which drafts may have been asked for, those of the fewest options first. */
function looksOf(drafts: readonly Entry[], { providers }: Settings): readonly DraftLook[] {
  const models = drafts.flatMap(({ request: { provider, model } }) => {
    const known = providers.get(provider)?.models.find(({ id }) => id === model)
    const names = [model, ...(known?.aliases ?? [])]
    return [...names, ...names.map((name) => `${provider}/${name}`)]
  })
  const sizes = [...drafts.map(({ wanted }) => formatSize(wanted)), ...sizeNames]
  const qualities = drafts.flatMap(({ request }) => request.quality ?? [])
  const looks = orNone(models).flatMap((model) =>
    orNone(sizes).flatMap((size) =>
      orNone(qualities).map((quality): DraftLook => ({
        ...(model !== undefined && { model }),
        ...(size !== undefined && { size }),
        ...(quality !== undefined && { quality }),
      })),
    ),
  )
  return looks.toSorted((one, other) => Object.keys(one).length - Object.keys(other).length)
}

function orNone(texts: readonly string[]): readonly (string | undefined)[] {
  return [undefined, ...new Set(texts)]
}
