import { type Markup, type Pictures, fieldOf, mayAskForPictures } from '@imprompt/core'

/** The part of markdown-it, in whatever version, and of its relatives that the plugin meets. */
export interface MarkdownIt {
  readonly options: { readonly html?: boolean | undefined }
  readonly core: {
    readonly ruler: {
      before(beforeName: string, ruleName: string, rule: (state: State) => void): void
    }
  }
}

interface State {
  src: string
  readonly env?: unknown
}

/** What `md.render(source, environment)` may say of its text. */
export interface Environment {
  /** Path of the file that the text is from, absolute or relative to the project's root. */
  readonly path?: string
  /** The same where it differs from the path of the page, as VitePress has it. */
  readonly realPath?: string
  /**
   * The form of the pictures.
   * @default 'picture' where markdown-it lets HTML through, else 'markdown'
   */
  readonly imprompt?: Exclude<Markup, 'jsx'>
}

const markups: readonly Exclude<Markup, 'jsx'>[] = ['picture', 'img', 'markdown', 'text']

/**
 * Has markdown-it show pictures in the place of directives. Looks them up in what was opened, and never buys: a directive
 * that is not in it is an error.
 */
export function markdownItImprompt(md: MarkdownIt, pictures: Pick<Pictures, 'rewriteNow'>): void {
  md.core.ruler.before('normalize', 'imprompt', (state) => {
    if (!mayAskForPictures.test(state.src)) return
    const path = sayingOf(state.env, 'realPath') ?? sayingOf(state.env, 'path') ?? 'markdown'
    const wanted = sayingOf(state.env, 'imprompt')
    const usual = md.options.html === true ? 'picture' : 'markdown'
    const markup = markups.find((one) => one === wanted) ?? usual
    state.src = pictures.rewriteNow(state.src, path, markup)
  })
}

function sayingOf(env: unknown, name: keyof Environment): string | undefined {
  const value = fieldOf(env, name)
  return typeof value === 'string' ? value : undefined
}
