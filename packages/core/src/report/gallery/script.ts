/**
 * Lets a reader choose among the pictures; without it the page shows them all. It stands before them, so that the controls
 * answer while megabytes of pictures are still being read, and looks for them whenever something is typed.
 */
export const script = `
'use strict'
{
  const filters = document.querySelector('.filters')
  const status = document.querySelector('.status')
  const search = filters.querySelector('input')
  const choices = [...filters.querySelectorAll('select')]
  const reset = filters.querySelector('button')
  const texts = new Map()
  const textOf = (item) => {
    const text = texts.get(item) ?? item.textContent.toLowerCase()
    if (document.readyState !== 'loading') texts.set(item, text)
    return text
  }
  const isChosen = (item) =>
    choices.every(({ name, value }) => value === '' || item.dataset[name].split(' ').includes(value))
  const show = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== '')
    const isWhole = words.length === 0 && choices.every(({ value }) => value === '')
    let shown = 0
    for (const item of document.querySelectorAll('.pictures > li')) {
      const isShown = isChosen(item) && words.every((word) => textOf(item).includes(word))
      if (item.hidden === isShown) item.hidden = !isShown
      if (isShown) shown += 1
    }
    status.textContent = (isWhole ? '' : shown + ' of ') + status.dataset.all
    reset.disabled = isWhole
  }
  filters.addEventListener('input', show)
  reset.addEventListener('click', () => {
    search.value = ''
    for (const choice of choices) choice.value = ''
    show()
    search.focus()
  })
  filters.inert = false
  // Pictures came in after the first words were typed, or a browser comes back to the page and fills in what was typed before.
  for (const event of ['DOMContentLoaded', 'pageshow']) window.addEventListener(event, show)
}
`
