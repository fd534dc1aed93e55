import { fieldOf, isFields } from '@imprompt/core'

type Render = (source: string, env: object, md: unknown) => unknown

/** The index drops every tag with its `alt`. */
const asWords = { imprompt: 'text' } as const

/** Marks of ASCII as character references, whose numbers would be words of the index; marks only part words. */
const writtenMarks = /&#(?:3[3-9]|4[0-7]|5[89]|6[0-4]|9[1-6]|12[3-6]);/g

/** A theme's configuration whose local search finds pictures by their alternative texts. */
export function withWordsOfPictures(themeConfig: unknown): unknown {
  const search = fieldOf(themeConfig, 'search')
  if (!isFields(themeConfig) || !isFields(search) || search['provider'] !== 'local')
    return themeConfig
  const options = isFields(search['options']) ? search['options'] : {}
  const own = options['_render']
  const render = isRender(own) ? own : renderAsVitePress
  const renderWords: Render = async (source, env, md) => {
    const html: unknown = await render(source, Object.assign(env, asWords), md)
    return typeof html === 'string' ? html.replaceAll(writtenMarks, ' ') : html
  }
  return { ...themeConfig, search: { ...search, options: { ...options, _render: renderWords } } }
}

/** What VitePress does where the configuration has no `_render`. */
async function renderAsVitePress(source: string, env: object, md: unknown): Promise<unknown> {
  const render = fieldOf(md, 'renderAsync') ?? fieldOf(md, 'render')
  const html: unknown = isRender(render) ? await Reflect.apply(render, md, [source, env]) : ''
  return fieldOf(fieldOf(env, 'frontmatter'), 'search') === false ? '' : html
}

function isRender(value: unknown): value is Render {
  return typeof value === 'function'
}
