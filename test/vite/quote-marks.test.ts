import { parseAst } from 'vite'
import { describe, expect, test } from 'vitest'
import { quoteMarks } from '../../packages/vite/src/quote-marks.ts'

const rolldown = '__VITE_ASSET__b6_b8IsyONwvuMKbSet7KQ__'
const rollup = '__VITE_ASSET__Ab3$xY_9__'

/** As Vite does it under a relative base. */
function replaced(code: string): string {
  const quoted = quoteMarks(code, (text) => parseAst(text))?.code ?? code
  return quoted.replaceAll(/__VITE_ASSET__(?:[\w$]{22}|[\w$]{8})__/g, '"+url+"')
}

function valueOf(code: string): unknown {
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval, no-new-func -- Code is what is made here.
  return new Function('url', `${replaced(`globalThis.made = ${code}`)}; return globalThis.made`)(
    '/x.avif',
  )
}

describe.for([rolldown, rollup])('the mark %s', (mark) => {
  test.for([
    ['`<img src="MARK" alt="`', '<img src="/x.avif" alt="'],
    ['`MARK`', '/x.avif'],
    ['`a ${1 + 1} MARK 1w, MARK 2w`', 'a 2 /x.avif 1w, /x.avif 2w'],
    ['`${`MARK`} and MARK`', '/x.avif and /x.avif'],
    ['String.raw`\\d MARK`', '\\d /x.avif'],
    [`'<img src="MARK" alt="it\\'s">'`, '<img src="/x.avif" alt="it\'s">'],
    [`'a\\\\ MARK "b"'`, 'a\\ /x.avif "b"'],
    ['"MARK"', '/x.avif'],
  ] as const)('becomes an address in %s', ([code, value]) => {
    expect(valueOf(code.replaceAll('MARK', mark))).toBe(value)
  })

  test('stays where it is in a string of double quotes', () => {
    expect(quoteMarks(`const a = "${mark}", b = \`c\``, (text) => parseAst(text))).toBeUndefined()
  })
})
