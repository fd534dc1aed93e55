import { describe, expect, test } from 'vitest'
import type { Config } from '../../../packages/core/src/config/config.ts'
import type { Directive } from '../../../packages/core/src/directive/directive.ts'
import { authoredKeyOf, requestHashOf } from '../../../packages/core/src/key/key.ts'
import { describeProblem } from '../../../packages/core/src/problem.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { requestFor } from '../../../packages/core/src/request/request.ts'
import { directiveIn, settingsOf } from '../../support/fakes.ts'

const styles = {
  brand: '{prompt}. Flat vector',
  titled: '{title}: {prompt}',
  author: '{prompt} by {author.name}',
}

interface Setting {
  readonly config?: Config
  readonly file?: string
  readonly fields?: Readonly<Record<string, string>>
}

function directiveAt(source: string, { file = 'post.md', fields }: Setting): Directive {
  const directive = directiveIn(source)
  const page = fields && { fields: new Map(Object.entries(fields)), isDraft: false }
  return { ...directive, place: { ...directive.place, file }, ...(page && { page }) }
}

function requestAt(source: string, setting: Setting = {}): ImageRequest {
  const answer = requestFor(directiveAt(source, setting), settingsOf({ styles, ...setting.config }))
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems))
  return answer.request
}

function problemsAt(source: string, setting: Setting = {}): readonly string[] {
  const answer = requestFor(directiveAt(source, setting), settingsOf({ styles, ...setting.config }))
  if ('request' in answer) return []
  return answer.problems.map(
    ({ place, ...problem }) => `${place.column} ${describeProblem(problem)}`,
  )
}

describe('a style that a directive names', () => {
  test('is filled with the fields of its page, in one pass', () => {
    const { request, prompt } = requestAt('![gen: a {title} fox](style=titled)', {
      fields: { title: 'On  {prompt}\n*foxes*' },
    })
    expect(prompt).toBe('a {title} fox')
    expect(request.prompt).toBe('On {prompt} *foxes*: a {title} fox')
  })

  test('may be written on several lines', () => {
    const config = { styles: { brand: '{prompt}.\n  Flat vector\n' } }
    const { request } = requestAt('![gen: a fox](style=brand)', { config })
    expect(request.prompt).toBe('a fox. Flat vector')
  })

  test('is a part of the key with its fields in place', () => {
    const keyUnder = (title: string, note: string): string =>
      authoredKeyOf(requestAt('![gen: a fox](style=titled)', { fields: { title, note } }))
    expect(keyUnder('One', 'a')).toBe(keyUnder('One', 'b'))
    expect(keyUnder('One', 'a')).not.toBe(keyUnder('Two', 'a'))
  })

  test('has a problem where the page lacks a field', () => {
    expect(problemsAt('![gen: a fox](style=titled)', { fields: { tilte: 'One' } })).toEqual([
      '15 Unknown field `{title}` of style `titled`, expected it in the front matter of the file, did you mean `tilte`',
    ])
    expect(problemsAt('![gen: a fox](style=author)')).toEqual([
      '15 Unknown field `{author.name}` of style `author`, expected it in the front matter of the file',
    ])
  })

  test('is told by its nearest name where there is none', () => {
    expect(problemsAt('![gen: a fox](style=brnad)')).toEqual([
      '15 Unexpected value `brnad` of `style`, expected `brand`, `titled`, `author`, did you mean `brand`',
    ])
  })
})

describe('a default style', () => {
  const config: Config = {
    style: { 'docs/**': 'brand', 'posts/plain/**': 'none', 'posts/**': 'titled' },
  }
  const fields = { title: 'One' }

  test.for([
    ['docs/a.md', 'a fox. Flat vector'],
    ['docs/deep/a.md', 'a fox. Flat vector'],
    ['posts/a.md', 'One: a fox'],
    ['posts/plain/a.md', 'a fox'],
    ['a.md', 'a fox'],
  ] as const)('of the folder of %s makes %j', ([file, prompt]) => {
    expect(requestAt('![gen: a fox]()', { config, file, fields }).request.prompt).toBe(prompt)
  })

  test('is one for all where it is a name', () => {
    const { request } = requestAt('![gen: a fox]()', { config: { style: 'brand' } })
    expect(request.prompt).toBe('a fox. Flat vector')
  })

  test('is no part of the key, so that moving a post buys nothing', () => {
    const keys = ['docs/a.md', 'posts/a.md', 'a.md'].map((file) =>
      authoredKeyOf(requestAt('![gen: a fox]()', { config, file, fields })),
    )
    expect(new Set(keys).size).toBe(1)
  })

  test('gives way to a style that is named, and to `none`', () => {
    const setting = { config, file: 'docs/a.md', fields }
    expect(requestAt('![gen: a fox](style=titled)', setting).request.prompt).toBe('One: a fox')
    const none = requestAt('![gen: a fox](style=none)', setting)
    expect(none.request.prompt).toBe('a fox')
    const plain = requestAt('![gen: a fox]()', setting)
    expect(authoredKeyOf(none)).not.toBe(authoredKeyOf(plain))
    expect(requestHashOf(none.request)).toBe(requestHashOf(requestAt('![gen: a fox]()').request))
  })
})
