import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import harbour from 'virtual:imprompt/harbour'

const posts = import.meta.glob('./posts/*.md', { query: '?raw', import: 'default' })

async function show() {
  const name = location.hash.slice(1) || 'fifty'
  const text = await posts[`./posts/${name}.md`]()
  document.querySelector('main').innerHTML = micromark(text.replace(/^---\n[^]*?\n---\n/, ''), {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })
  if (name === 'second')
    document.querySelector('main').insertAdjacentHTML('beforeend', harbour.html)
}

addEventListener('hashchange', show)
show()
