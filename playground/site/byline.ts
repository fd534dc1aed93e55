import type { Element } from 'hast'
import { h } from 'hastscript'
import type { Post } from './posts.ts'

const british = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** When and where a note was taken, and how long it takes to read. */
export function bylineOf({ date, place, minutes }: Post): Element {
  return h('p.byline', [
    h('time', { dateTime: date }, british.format(new Date(date))),
    h('span', place),
    h('span', `${minutes} min`),
  ])
}
