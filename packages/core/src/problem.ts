import { didYouMean } from './nearest.ts'
import { describePlace } from './place.ts'
import type { Place } from './ports.ts'

/** A mistake in the author's text or configuration. Collected, never thrown, and reported all together. */
export type Problem = { readonly place: Place; readonly fix?: Fix } & Fault

/** A change within one line that mends a problem and cannot be meant otherwise. */
export interface Fix {
  readonly place: Place
  /** The text that stands there. */
  readonly actual: string
  /** What it becomes. */
  readonly text: string
}

/** What is wrong, apart from where. */
export type Fault =
  | { readonly kind: 'prompt-empty' }
  | { readonly kind: 'prompt-character'; readonly actual: string }
  | {
      readonly kind: 'prompt-too-long'
      readonly actual: number
      readonly limit: number
      readonly model: string
    }
  /** What a prompt seems to give away; never the secret itself. */
  | { readonly kind: 'prompt-secret'; readonly actual: string }
  | { readonly kind: 'prompt-invisible'; readonly actual: readonly string[] }
  | { readonly kind: 'prompt-near'; readonly difference: string; readonly other: Place }
  | { readonly kind: 'directive-unfinished' }
  | { readonly kind: 'directive-misspelt'; readonly actual: string }
  | { readonly kind: 'attribute-malformed'; readonly actual: string }
  | {
      readonly kind: 'attribute-unknown'
      readonly actual: string
      readonly nearest: string | undefined
    }
  | { readonly kind: 'attribute-duplicate'; readonly name: string }
  | {
      readonly kind: 'attribute-value'
      readonly name: string
      readonly actual: string
      readonly expected: string
      readonly nearest?: string | undefined
    }
  | {
      readonly kind: 'attribute-unsupported'
      readonly name: string
      readonly provider: string
      readonly model: string
    }
  | { readonly kind: 'attribute-excludes'; readonly name: string; readonly other: string }
  | {
      readonly kind: 'size-impossible'
      readonly actual: string
      readonly model: string
      readonly limit: string
    }
  | {
      readonly kind: 'style-field-unknown'
      readonly style: string
      readonly field: string
      readonly nearest: string | undefined
    }
  | { readonly kind: 'style-shadowed'; readonly other: Place }
  | { readonly kind: 'use-unknown'; readonly name: string; readonly nearest: string | undefined }
  | { readonly kind: 'use-excludes'; readonly name: string }
  | { readonly kind: 'name-conflict'; readonly name: string; readonly other: Place }
  | { readonly kind: 'name-repeated'; readonly name: string; readonly other: Place }
  | { readonly kind: 'alt-missing' }
  | { readonly kind: 'unpriceable'; readonly name: string; readonly expected: string }
  | {
      readonly kind: 'policy'
      readonly name: 'provider' | 'model' | 'quality'
      readonly actual: string
      readonly expected: string
      /** Id of the provider that would stand in for the one that is asked first, where that is another one. */
      readonly standIn?: string
    }
  | { readonly kind: 'price-unknown'; readonly provider: string; readonly model: string }
  | {
      readonly kind: 'model-retired' | 'model-retiring'
      readonly model: string
      readonly provider: string
      /** `YYYY-MM-DD`. */
      readonly date: string
      /** What takes its place, with its price where that is known. */
      readonly successor: string | undefined
    }
  | {
      readonly kind: 'file-missing'
      readonly name: string
      /** From the root. */
      readonly actual: string
      readonly nearest: string | undefined
    }
  | {
      readonly kind: 'file-unsuitable'
      readonly name: string
      readonly actual: string
      readonly reason: string
    }
  /** A formatter took part of a path for emphasis; `path` is what it was. */
  | {
      readonly kind: 'file-emphasis'
      readonly name: string
      readonly actual: string
      readonly path: string
    }
  | {
      readonly kind: 'ref-too-many'
      readonly actual: number
      readonly limit: number
      readonly model: string
    }
  /** `name` is that of the picture that is to be varied. */
  | { readonly kind: 'vary-unknown'; readonly name: string; readonly nearest: string | undefined }
  | { readonly kind: 'vary-cycle'; readonly name: string }
  /** `limit` is how many pictures one may be made from, one after the other. */
  | { readonly kind: 'vary-deep'; readonly limit: number }
  | { readonly kind: 'vary-unsuitable'; readonly name: string; readonly actual: string }
  /** A model that takes the picture alone is given words. */
  | { readonly kind: 'vary-words'; readonly name: 'prompt' | 'style'; readonly model: string }
  | { readonly kind: 'mask-alone' }
  | { readonly kind: 'mask-size'; readonly actual: string; readonly expected: string }
  /** In bytes. */
  | { readonly kind: 'mask-large'; readonly actual: number }
  | { readonly kind: 'draft-picked' }
  | { readonly kind: 'file-unreadable'; readonly cause: string }
  | { readonly kind: 'front-matter-unreadable'; readonly cause: string }

/** An error keeps a build from going on, a warning does not. */
export type Severity = 'error' | 'warning'

const warnings: ReadonlySet<Fault['kind']> = new Set([
  'alt-missing',
  'draft-picked',
  'file-emphasis',
  'mask-large',
  'model-retiring',
  'name-repeated',
  'prompt-invisible',
  'prompt-near',
  'style-shadowed',
  'unpriceable',
])

/** Lints are warnings; whatever could buy the wrong picture, or none, is an error. */
export function severityOf(problem: Fault): Severity {
  // A finished picture is cropped to its size, which therefore must be known.
  if (problem.kind === 'unpriceable' && problem.name === 'size') return 'error'
  return warnings.has(problem.kind) ? 'warning' : 'error'
}

/** The text of a problem, in one line: the fault, the value, what was expected, what to do. */
export function describeProblem(problem: Fault): string {
  switch (problem.kind) {
    case 'prompt-empty':
      return 'Unexpected empty prompt, expected text after `gen:`'
    case 'prompt-character':
      return `Unexpected character ${problem.actual} in the prompt, expected plain text; remove it`
    case 'prompt-too-long':
      return `Unexpected prompt of ${problem.actual} characters, expected at most ${problem.limit} for \`${problem.model}\``
    case 'prompt-secret':
      return `Unexpected secret in the prompt: it holds what looks like ${problem.actual}; remove it, and revoke it if it was ever committed`
    case 'prompt-invisible':
      return `Unexpected invisible characters ${problem.actual.join(', ')} in the prompt, which make it another request than it seems; remove them`
    case 'prompt-near':
      return `Nearly the prompt of ${describePlace(problem.other)} (${problem.difference}), and so another purchase; make them alike if one picture was meant`
    case 'directive-unfinished':
      return 'Unfinished directive, expected `![gen: PROMPT](ATTRIBUTES)`; write `\\![gen:` or put it into code where it is meant as text'
    case 'directive-misspelt':
      return `Unexpected \`${problem.actual}\`, expected \`![gen:\``
    case 'attribute-malformed':
      return `Unexpected \`${problem.actual}\`, expected \`name=value\` or a flag`
    case 'attribute-unknown':
      return `Unexpected attribute \`${problem.actual}\`${didYouMean(problem.nearest)}`
    case 'attribute-duplicate':
      return `Unexpected second \`${problem.name}\`, expected each attribute once`
    case 'attribute-value':
      return `Unexpected value \`${problem.actual}\` of \`${problem.name}\`, expected ${problem.expected}${didYouMean(problem.nearest)}`
    case 'attribute-unsupported':
      return `Unexpected attribute \`${problem.name}\`: \`${problem.model}\` of \`${problem.provider}\` does not honour it; remove it or name another model`
    case 'attribute-excludes':
      return `Unexpected \`${problem.name}\` beside \`${problem.other}\`, which excludes it; remove one of them`
    case 'size-impossible':
      return `Unexpected size \`${problem.actual}\`: \`${problem.model}\` can make ${problem.limit}`
    case 'style-field-unknown':
      return `Unknown field \`{${problem.field}}\` of style \`${problem.style}\`, expected it in the front matter of the file${didYouMean(problem.nearest)}`
    case 'style-shadowed':
      return `The same prompt stands at ${describePlace(problem.other)} under another default style, and shows the picture of that one; name a \`style\` to tell them apart`
    case 'use-unknown':
      return `No picture is named \`${problem.name}\`${didYouMean(problem.nearest)}; expected a directive elsewhere with \`name=${problem.name}\` and no problem of its own`
    case 'use-excludes':
      return `Unexpected \`${problem.name}\` beside \`use\`, which shows a picture as it was bought; remove one of them`
    case 'name-conflict':
      return `Unexpected second picture named \`${problem.name}\`, which ${describePlace(problem.other)} uses for another request; rename one`
    case 'name-repeated':
      return `The picture named \`${problem.name}\` stands at ${describePlace(problem.other)} already; show it again by \`use=${problem.name}\``
    case 'alt-missing':
      return 'No `alt`, so that the prompt is the alternative text; say what the picture shows, or `alt=""` for decoration'
    case 'unpriceable':
      return `\`${problem.name}=auto\` cannot be priced before it is bought, expected ${problem.expected}`
    case 'policy':
      return problem.standIn === undefined
        ? `Unexpected ${problem.name} \`${problem.actual}\`, which \`policy\` in imprompt.config does not allow; expected ${problem.expected}`
        : `\`${problem.standIn}\` may stand in, and \`policy\` in imprompt.config does not allow its ${problem.name} \`${problem.actual}\`; expected ${problem.expected}`
    case 'price-unknown':
      return `Unknown price of \`${problem.model}\` from \`${problem.provider}\`; add to imprompt.config: prices: { '${problem.model}': { maxMicroUsd: 250_000 } }`
    case 'model-retired':
      return `\`${problem.model}\` of \`${problem.provider}\` is retired since ${problem.date}, so that nothing was asked of it; name ${problem.successor ?? 'another model'}. Pictures that it made stay`
    case 'model-retiring':
      return `\`${problem.model}\` of \`${problem.provider}\` is retired on ${problem.date}; name ${problem.successor ?? 'another model'} for new pictures. Pictures that it made stay`
    case 'file-missing':
      return `No file \`${problem.actual}\`, which \`${problem.name}\` names${didYouMean(problem.nearest)}; a path is relative to its file, or begins with \`/\` at the root`
    case 'file-unsuitable':
      return `Unsuitable file \`${problem.actual}\` of \`${problem.name}\`: ${problem.reason}; name another one`
    case 'file-emphasis':
      return `No file \`${problem.actual}\`, but \`${problem.path}\`, which is taken: a formatter changes \`*\` and \`_\`; put the path into quotes or rename the file`
    case 'ref-too-many':
      return `Unexpected ${problem.actual} files of \`ref\`, expected at most ${problem.limit} for \`${problem.model}\`; remove some`
    case 'vary-unknown':
      return `No picture is named \`${problem.name}\`${didYouMean(problem.nearest)}; expected a directive elsewhere with \`name=${problem.name}\` and no problem of its own`
    case 'vary-cycle':
      return `\`vary=${problem.name}\` leads back to this very picture, which cannot be made after itself; name another one`
    case 'vary-deep':
      return `Unexpected variation of a variation, and so on through more than ${problem.limit} pictures; name an earlier one`
    case 'vary-unsuitable':
      return `Unexpected \`vary=${problem.name}\`, which is ${problem.actual}: only a still picture of pixels can be varied; name another one`
    case 'vary-words':
      return `Unexpected ${problem.name} beside \`vary\`: \`${problem.model}\` makes a variation of the picture alone; remove it or name another model`
    case 'mask-alone':
      return 'Unexpected `mask` without a picture that it masks; name that by `ref` or `vary`'
    case 'mask-size':
      return `Unexpected mask of ${problem.actual}, expected ${problem.expected} as the first picture has; scale the mask`
    case 'mask-large':
      return `A mask of ${problem.actual} bytes, expected less than 4 MB, as some models refuse more; store it with fewer colours`
    case 'draft-picked':
      return 'It was made after a draft that somebody picked, which would not go along; `imprompt pick PLACE NUMBER` makes it after another draft, by the defaults of today'
    case 'file-unreadable':
      return `Unreadable file: ${problem.cause}`
    case 'front-matter-unreadable':
      return `Unreadable front matter, which may ask for pictures: ${problem.cause}`
  }
}
