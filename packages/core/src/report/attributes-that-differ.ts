import type { PlannedImage } from '../plan/plan.ts'
import type { Entry, RecordedRequest } from '../ports.ts'

const names: ReadonlyMap<string, string> = new Map([
  ['references', 'ref'],
  ['basedOn', 'vary'],
])

/** What makes an image another purchase than an entry, by the names of attributes. */
export function attributesThatDiffer(
  { request, style }: PlannedImage,
  entry: Entry,
): readonly string[] {
  const fields = new Set([...Object.keys(request), ...Object.keys(entry.request)])
  const differing = [...fields].filter(
    (field) => textOf(request, field) !== textOf(entry.request, field),
  )
  const isRestyled = style?.name !== entry.style?.name || style?.template !== entry.style?.template
  return [...differing.map((field) => names.get(field) ?? field), ...(isRestyled ? ['style'] : [])]
}

function textOf(request: RecordedRequest, field: string): string | undefined {
  return JSON.stringify(Object.entries(request).find(([name]) => name === field)?.[1])
}
