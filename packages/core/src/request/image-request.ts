import type { Settings } from '../config/settings.ts'
import type { Directive, Page } from '../directive/directive.ts'
import type { DigitalSourceType, Place, RecordedRequest, Sha256, Size } from '../ports.ts'
import type { Problem } from '../problem.ts'
import type { AttributeTexts } from './attributes.ts'
import type { Display } from './display.ts'
import type { Style } from './style.ts'

/** A directive that was understood: what its author wrote, what a provider would be asked, how it is shown. */
export interface ImageRequest {
  readonly place: Place
  /** Canonical text with the author's marks, before the style's template. */
  readonly prompt: string
  readonly style: Style | undefined
  /** What the front matter of its file says; absent where that has none. */
  readonly page: Page | undefined
  /** Canonical texts of the bought attributes that stand in the directive. */
  readonly explicit: AttributeTexts
  /** What the files hold that `ref` and `mask` name in the directive, by the attribute. */
  readonly files: ReadonlyMap<'ref' | 'mask', readonly Sha256[]>
  /** The picture that `vary` names; absent where none is varied. */
  readonly base: ImageRequest | undefined
  /** All but `basedOn`, which needs the hash of another request. */
  readonly request: RecordedRequest
  readonly digitalSourceType: DigitalSourceType
  /** Exact pixels of the finished picture; the request's size covers it. */
  readonly wanted: Size
  readonly display: Display
  /** Whether it stands on a draft, for which nothing is bought. */
  readonly isDraft: boolean
}

/** A request, or every problem that keeps a directive from being one. */
export type Understanding =
  | { readonly request: ImageRequest; readonly warnings?: readonly Problem[] }
  | { readonly problems: readonly Problem[] }

/** Whether nothing is bought for a directive, as its page is not published. */
export function isDraft(directive: Directive, settings: Settings): boolean {
  return directive.page?.isDraft === true && settings.drafts === 'skip'
}
