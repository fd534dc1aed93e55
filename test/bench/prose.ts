/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const words =
  `the a of and to in is that it for was on are as with they at be this have from or one had by but not what all were
  when we there can an your which their said if do will each about how up out them then she many some so these would
  other into has more two like him see time could no make than first been its who now people my made over did down only
  way find use may water long little very after words called just where most know lighthouse harbour printer's café
  configuration build server request directive picture pipeline naïve release module because through between another
  without against important different something themselves considerable infrastructure`.split(/\s+/)

/** A Markdown document of about this many UTF-16 units, as manuals and blogs are written, without a directive. */
export function documentOf(seed: number, length: number): string {
  return `---\ntitle: Page ${seed}\ndate: 2026-11-23\n---\n\n${blocksOf(seed, length).join('\n\n')}\n`
}

/** The same document with a directive in a paragraph of its own after every `spacing` blocks. */
export function illustratedDocumentOf(seed: number, length: number, spacing: number): string {
  const blocks = blocksOf(seed, length).flatMap((block, index) =>
    index % spacing === spacing - 1 ? [block, directiveText(seed * 1_000 + index)] : [block],
  )
  return `---\ntitle: Page ${seed}\n---\n\n${blocks.join('\n\n')}\n`
}

/** A directive that no other number shares; every fourth is spread over lines and has a longer prompt. */
export function directiveText(number: number): string {
  const random = randomFrom(number)
  const isLong = number % 4 === 0
  const prompt = `${phrase(random, isLong ? 30 : 8)}, *gouache* no. ${number}`
  const size = number % 2 === 0 ? '1536x1024' : '1:1'
  return isLong
    ? `![gen: ${prompt}](\n  size=${size},\n  quality=high,\n  alt="${phrase(random, 6)}"\n)`
    : `![gen: ${prompt}](size=${size}, quality=low)`
}

function blocksOf(seed: number, length: number): readonly string[] {
  const random = randomFrom(seed)
  const blocks = [`# ${phrase(random, 5)}`]
  for (let written = 0; written < length; written += (blocks.at(-1)?.length ?? 0) + 2)
    blocks.push(blockOf(random))
  return blocks
}

function blockOf(random: () => number): string {
  const roll = random()
  if (roll < 0.12) return `## ${phrase(random, 4)}`
  if (roll < 0.24) return many(random, 5, () => `- ${sentence(random)}`).join('\n')
  if (roll < 0.3) return `\`\`\`ts\n${many(random, 8, () => codeLine(random)).join('\n')}\n\`\`\``
  if (roll < 0.34) return tableOf(random)
  if (roll < 0.38) return `> ${paragraph(random)}`
  if (roll < 0.42) return `![${phrase(random, 5)}](/pictures/${word(random)}.png)`
  return paragraph(random)
}

function paragraph(random: () => number): string {
  return many(random, 7, () => sentence(random)).join(' ')
}

function sentence(random: () => number): string {
  const text = phrase(random, 6 + Math.floor(random() * 12))
  const start = text.slice(0, 1).toUpperCase() + text.slice(1)
  const roll = random()
  if (roll < 0.1) return `${start} *${phrase(random, 2)}*.`
  if (roll < 0.18) return `${start} [${phrase(random, 3)}](https://example.com/${word(random)}).`
  if (roll < 0.26) return `${start} \`${word(random)}.${word(random)}()\`!`
  return `${start}.`
}

function codeLine(random: () => number): string {
  return `  const ${word(random)} = ${word(random)}['${word(random)}'] ?? !${word(random)}`
}

function tableOf(random: () => number): string {
  const row = (): string => `| ${phrase(random, 2)} | ${phrase(random, 4)} |`
  return [row(), '| --- | --- |', ...many(random, 6, row)].join('\n')
}

function phrase(random: () => number, count: number): string {
  return Array.from({ length: count }, () => word(random)).join(' ')
}

function word(random: () => number): string {
  return words[Math.floor(random() * words.length)] ?? ''
}

function many<Value>(random: () => number, most: number, make: () => Value): readonly Value[] {
  return Array.from({ length: 1 + Math.floor(random() * most) }, make)
}
