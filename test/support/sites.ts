/** A page that compiles its Markdown itself, from the text that `?raw` imports. */
export const rawSite = {
  'index.html':
    '<!doctype html><html lang="en"><title>Post</title><main></main><script type="module" src="/main.js"></script>',
  'main.js': `import { micromark } from 'micromark'
import post from './post.md?raw'
document.querySelector('main').innerHTML = micromark(post, { allowDangerousHtml: true })
`,
} as const

/** A page that shows a component made by MDX. */
export const mdxSite = {
  'index.html': rawSite['index.html'],
  'main.js': `import { h, render } from 'preact'
import Post from './post.mdx'
render(h(Post), document.querySelector('main'))
`,
} as const

/** A page that imports a picture of the configuration. */
export const virtualSite = {
  'index.html': rawSite['index.html'],
  'main.js': `import hero from 'virtual:imprompt/hero'
document.querySelector('main').innerHTML = hero.html
document.body.dataset.src = hero.src
document.body.dataset.size = hero.width + 'x' + hero.height
`,
} as const
