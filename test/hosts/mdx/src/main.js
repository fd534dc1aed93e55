import { StrictMode, createElement } from 'react'
import { createRoot } from 'react-dom/client'

const posts = import.meta.glob('./posts/*.{md,mdx}')
const root = createRoot(document.querySelector('main'))

async function show() {
  const name = location.hash.slice(1) || 'fifty'
  const load = posts[`./posts/${name}.mdx`] ?? posts[`./posts/${name}.md`]
  const { default: Post, frontmatter } = await load()
  document.title = frontmatter?.title ?? name
  root.render(
    createElement(
      StrictMode,
      null,
      createElement(Post),
      frontmatter?.cover && createElement('img', { id: 'cover', src: frontmatter.cover, alt: '' }),
    ),
  )
}

addEventListener('hashchange', show)
show()
