import type { Settings } from './config/settings.ts'
import type { Content } from './directive/content.ts'
import type { PlanInput } from './plan/plan.ts'
import type { ReferenceFiles } from './ports.ts'
import { readRequests } from './request/read-requests.ts'
import { filesNamedIn } from './request/reference-paths.ts'
import type { Names } from './request/reuse.ts'

/**
 * Understands what content asks for, and looks up the files that it names.
 * @param names Pictures that stand elsewhere.
 */
export async function planInputOf(
  content: Content,
  settings: Settings,
  referenceFiles: ReferenceFiles,
  names: Names = new Map(),
): Promise<PlanInput> {
  const files = await filesNamedIn(content.directives, referenceFiles)
  const read = readRequests(content.directives, settings, { names, files })
  return {
    ...content,
    requests: read.requests,
    known: { names: read.names, files },
    problems: [...content.problems, ...read.problems],
  }
}
