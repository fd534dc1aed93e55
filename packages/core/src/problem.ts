import type { Place } from './ports.ts'

/** A mistake in the author's text or configuration. Collected, never thrown, and reported all together. */
export type Problem = { readonly place: Place } & Fault

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
    }
  | {
      readonly kind: 'attribute-unsupported'
      readonly name: string
      readonly provider: string
      readonly model: string
    }
  | {
      readonly kind: 'size-impossible'
      readonly actual: string
      readonly model: string
      readonly limit: string
    }
  | {
      readonly kind: 'name-conflict'
      readonly name: string
      readonly other: Place
    }
  | {
      readonly kind: 'price-unknown'
      readonly provider: string
      readonly model: string
    }
  | { readonly kind: 'file-unreadable'; readonly cause: string }

/** An error keeps a build from going on, a warning does not. */
export type Severity = 'error' | 'warning'

/** Every kind is an error today; lints will be warnings. */
export function severityOf(_problem: Problem): Severity {
  return 'error'
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
    case 'attribute-malformed':
      return `Unexpected \`${problem.actual}\`, expected \`name=value\` or a flag`
    case 'attribute-unknown':
      return `Unexpected attribute \`${problem.actual}\`${problem.nearest === undefined ? '' : `, did you mean \`${problem.nearest}\``}`
    case 'attribute-duplicate':
      return `Unexpected second \`${problem.name}\`, expected each attribute once`
    case 'attribute-value':
      return `Unexpected value \`${problem.actual}\` of \`${problem.name}\`, expected ${problem.expected}`
    case 'attribute-unsupported':
      return `Unexpected attribute \`${problem.name}\`: \`${problem.model}\` of \`${problem.provider}\` does not honour it; remove it or name another model`
    case 'size-impossible':
      return `Unexpected size \`${problem.actual}\`: \`${problem.model}\` can make ${problem.limit}`
    case 'name-conflict':
      return `Unexpected second picture named \`${problem.name}\`, which ${problem.other.file}:${problem.other.line}:${problem.other.column} uses for another request; rename one`
    case 'price-unknown':
      return `Unknown price of \`${problem.model}\` from \`${problem.provider}\`; add to imprompt.config: prices: { '${problem.model}': { maxMicroUsd: 250_000 } }`
    case 'file-unreadable':
      return `Unreadable file: ${problem.cause}`
  }
}
