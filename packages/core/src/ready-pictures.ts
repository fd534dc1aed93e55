import { hash } from 'node:crypto'
import type { Directive } from './directive/directive.ts'
import { ImpromptError } from './error.ts'
import { variantsOf } from './optimise/picture.ts'
import { describePlace } from './place.ts'
import type { Exhibit } from './render/rewrite.ts'

/** Pictures that are ready to be shown, by what their authors wrote. */
export interface ReadyPictures {
  keep(exhibits: ReadonlyMap<Directive, Exhibit>): void
  /**
   * The picture of a directive. One of a file that was not seen, such as a page that includes another, has the picture of
   * the same text elsewhere where there is but one.
   * @throws `PICTURE_NOT_PLANNED`
   */
  find(directive: Directive): Exhibit
  /** 64 lower-case hex digits that change whenever a page would show something else. */
  fingerprint(): string
}

/** Opens a collection with nothing in it. */
export function readyPictures(): ReadyPictures {
  /** By text, then by file: the same text asks for another picture where front matter or a path says so. */
  const byText = new Map<string, Map<string, Exhibit>>()
  return {
    keep: (exhibits) => {
      for (const [directive, one] of exhibits) {
        const text = textOf(directive)
        const byFile = byText.get(text) ?? new Map<string, Exhibit>()
        byText.set(text, byFile.set(directive.place.file, one))
      }
    },
    find: (directive) => {
      const byFile = byText.get(textOf(directive)) ?? new Map<string, Exhibit>()
      const own = byFile.get(directive.place.file)
      if (own !== undefined) return own
      const [one, ...others] = byFile.values()
      if (one === undefined) throw notPlanned(directive)
      if (others.some((other) => looksOf(other) !== looksOf(one))) throw ambiguous(directive)
      return one
    },
    fingerprint: () => {
      const shown = [...byText].flatMap(([text, byFile]) =>
        [...byFile].map(([file, one]) => `${file}\n${text}\n${looksOf(one)}`),
      )
      return hash('sha256', shown.toSorted().join('\n'), 'hex')
    },
  }
}

/** What is told of a directive for which a build holds no picture. */
export function notPlanned({ place }: Directive): ImpromptError {
  return new ImpromptError(
    'PICTURE_NOT_PLANNED',
    `${describePlace(place)}  No picture was planned for this directive; nothing was bought. Let \`content\` in imprompt.config cover the file; where it does, the directive was written after everything was scanned: start again`,
  )
}

function ambiguous({ place }: Directive): ImpromptError {
  return new ImpromptError(
    'PICTURE_NOT_PLANNED',
    `${describePlace(place)}  The same words ask for different pictures in different files, by their front matter or by paths, and it cannot be told which of them is meant here; nothing was bought. Tell the file that the text is of, or word the directive in a way of its own`,
  )
}

/** As its author wrote it, wherever it stands. */
function textOf({ prompt, attributes }: Directive): string {
  return JSON.stringify([prompt, attributes.map(({ name, value }) => [name, value])])
}

function looksOf({ shown }: Exhibit): string {
  const { picture, display, prompt, standIn } = shown
  return JSON.stringify([variantsOf(picture).map(({ id }) => id), display, prompt, standIn])
}
