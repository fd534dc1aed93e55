import { argumentLists, definitions, prompts } from './formatter-corpus.ts'

/** A document in which formatters find something to do, and how many directives it holds. */
export interface Sample {
  readonly name: string
  readonly file: string
  readonly source: string
  readonly directives: number
}

type Container = (directive: string) => string

const inlineContainers: readonly Container[] = [
  (directive) => directive,
  (directive) =>
    `Text with *emphasis* that goes on for long enough to be wrapped, ${directive} and goes on.`,
  (directive) => `* ${indented(directive, '  ')}\n* next`,
  (directive) => `10. ${indented(directive, '    ')}\n11. *next*`,
  (directive) => `> ${indented(directive, '> ')}\n> after`,
  (directive) => `> - a\n>   ${indented(directive, '>   ')}`,
  (directive) => `Heading ${inLine(directive)}\n===`,
  (directive) => `| a | b |\n|-|-|\n| ${inCell(directive)} | *c* |`,
  (directive) => `[before ${directive} after](https://example.com/a_b)`,
  (directive) => `**strong** ${directive} ~~struck~~ \`code\``,
]

const frontMatterContainers: readonly Container[] = [
  (prompt) => `{ gen: '${inLine(prompt).replaceAll("'", "''")}',   size: 1200x630 }`,
  (prompt) =>
    `\n    gen:  ${JSON.stringify(prompt)}\n    ref: './__a__/b_c.png'\n    dark:   'a *blue* night'`,
  (prompt) => `'gen: ${inLine(prompt).replaceAll("'", "''")}'`,
  (prompt) => JSON.stringify(`gen: ${prompt}`),
  (prompt) => `\n- gen: |\n    ${indented(prompt, '    ')}\n  quality:   high\n- *title`,
  (prompt) => `\n   gen: >-\n      ${indented(prompt, '      ')}\n   take:   2`,
]

const tomlContainers: readonly Container[] = [
  (prompt) => `picture0 =   { gen = ${JSON.stringify(prompt)},size = '1200x630' }`,
  (prompt) => `picture1='gen: ${inLine(prompt).replaceAll("'", '’')}'`,
  (prompt) => `[picture2]\n   gen = ${JSON.stringify(prompt)}\n   dark   = 'a *blue* night'`,
]

/** Every prompt in every container with arguments that take turns, in definitions, and in front matter. */
export const samples: readonly Sample[] = [
  ...prompts.map((prompt, turn) => inText(prompt, turn, 'page.md')),
  ...prompts.filter(isPlainInMdx).map((prompt, turn) => inText(prompt, turn, 'page.mdx')),
  ...definitions.map(byReference),
  ...prompts.filter((prompt) => prompt.trim() !== '').map(inFrontMatter),
  ...prompts.filter((prompt) => prompt.trim() !== '').map(inToml),
]

function inText(prompt: string, turn: number, file: string): Sample {
  const blocks = inlineContainers.map((put, index) => {
    const list = argumentLists[(turn + index * 5) % argumentLists.length] ?? ''
    return put(`![gen: ${prompt}](${list})`)
  })
  return {
    name: `${file} of ${titleOf(prompt)}`,
    file,
    source: withLineEnd(`${blocks.join('\n\n')}\n`, turn),
    directives: inlineContainers.length,
  }
}

function byReference([label, destination]: readonly [string, string], turn: number): Sample {
  const blocks = inlineContainers.map((put, index) => {
    const prompt = prompts[turn + index * 2] ?? ''
    return put(`![gen: ${prompt}][${index % 2 === 0 ? label : label.toUpperCase()}]`)
  })
  return {
    name: `references to ${destination.slice(0, 60)}`,
    file: 'page.md',
    source: withLineEnd(`${blocks.join('\n\n')}\n\n[${label}]:   ${destination}\n`, turn),
    directives: inlineContainers.length,
  }
}

function inFrontMatter(prompt: string, turn: number): Sample {
  const fields = frontMatterContainers.map((put, index) => `picture${index}: ${put(prompt)}`)
  const source = `---\ntitle:   &title 'A *page*'\n${fields.join('\n')}\n---\n\n*text*\n`
  return {
    name: `front matter of ${titleOf(prompt)}`,
    file: 'page.md',
    source: withLineEnd(source, turn),
    directives: frontMatterContainers.length,
  }
}

function inToml(prompt: string, turn: number): Sample {
  const fields = tomlContainers.map((put) => put(prompt))
  const source = `+++\ntitle =   'A *page*'\n${fields.join('\n')}\n+++\n\n*text*\n`
  return {
    name: `front matter in TOML of ${titleOf(prompt)}`,
    file: 'page.md',
    source: withLineEnd(source, turn),
    directives: tomlContainers.length,
  }
}

function titleOf(prompt: string): string {
  return JSON.stringify(prompt.slice(0, 50))
}

function withLineEnd(source: string, turn: number): string {
  return turn % 3 === 2 ? source.replaceAll('\n', '\r\n') : source
}

/** Braces and `<` are code there, and Prettier undoes escapes in what it takes for an image. */
function isPlainInMdx(prompt: string): boolean {
  return !/[\\&<{$[|]/.test(prompt)
}

function indented(text: string, prefix: string): string {
  return text.replaceAll('\n', `\n${prefix}`)
}

function inLine(text: string): string {
  return text.replaceAll(/\\?\n\s*/g, ' ')
}

function inCell(text: string): string {
  return inLine(text).replaceAll(/(?<!\\)\|/g, String.raw`\|`)
}
