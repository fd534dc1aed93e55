/** How lines are made of items, and how much room they have. */
export interface Fitting<Item> {
  /** Characters (UTF-16 units), each line's line feed included. */
  readonly room: number
  lineOf(item: Item): string
  /** Tells how many items are left out, in a line of its own. */
  leftOut(number: number): string
}

/** Lines of as many items as there is room for, from both ends; where there is too little, the middle is left out. */
export function fitted<Item>(items: readonly Item[], fitting: Fitting<Item>): readonly string[] {
  const front: string[] = []
  const back: string[] = []
  let room = fitting.room - lengthOf(fitting.leftOut(items.length))
  while (front.length + back.length < items.length) {
    const isFront = front.length <= back.length
    const [item] = items.slice(isFront ? front.length : -1 - back.length)
    const line = item === undefined ? '' : fitting.lineOf(item)
    room -= lengthOf(line)
    if (room < 0) break
    if (isFront) front.push(line)
    else back.unshift(line)
  }
  const rest = items.length - front.length - back.length
  return [...front, ...(rest === 0 ? [] : [fitting.leftOut(rest)]), ...back]
}

/** Characters of lines, each with its line feed. */
export function lengthOf(...lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0)
}
