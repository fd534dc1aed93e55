import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalText, hashForm } from '../../../packages/core/src/request/prompt.ts'

const hashOf = (raw: string): string => hashForm(canonicalText(raw))

describe('a canonical text', () => {
  test.for([
    ['  a\t red \n fox ', 'a red fox'],
    ['a *red* _fox_', 'a *red* _fox_'],
    [String.raw`\*a\* \[b\] \\ \c`, String.raw`*a* [b] \ \c`],
    ['&amp; &#42; &nbsp;&unknown;', '& * \u00a0&unknown;'],
    ['a\\\nb  \nc', 'a b c'],
    ['a\\\r\nb\\\rc', 'a b c'],
    ['cafe\u0301', 'caf\u00e9'],
    ['红色的\n狐狸，\r\n雪', '红色的狐狸，雪'],
    ['赤い \n\t狐\\\nと', '赤い狐と'],
    ['红色 的\n狐狸', '红色 的狐狸'],
    ['狐狸\nfox\n狐狸', '狐狸 fox 狐狸'],
    ['붉은\n여우', '붉은 여우'],
    ['붉은\n狐狸', '붉은 狐狸'],
    ['𠮷\n𠮷', '𠮷𠮷'],
    ['葛\u{E0100}\n城', '葛\u{E0100}城'],
    ['🦊\n🦊', '🦊 🦊'],
  ] as const)('of %j is %j', ([raw, text]) => {
    expect(canonicalText(raw)).toBe(text)
  })
})

describe('the hash form', () => {
  // Before 3.10 Prettier broke lines between these characters, joined them, and set spaces beside other scripts.
  test.for([
    ['红色的狐狸坐在雪地里', '红色的狐狸\n坐在雪地里'],
    ['红色的狐狸坐在雪地里', '红色的狐狸 坐在雪地里'],
    ['東京Tokyoの夜', '東京 Tokyo\nの夜'],
    ['雪，fox。狐狸！', '雪， fox。\n狐狸！'],
    ['１２３ｶﾅ「引用」', '１２３ ｶﾅ 「引用」'],
    ['狐狸 여우 狐狸', '狐狸여우狐狸'],
    ['🦊狐狸', '🦊 狐狸'],
    ['か\u3099く', 'が く'],
    ['a *b* **c** `d` `` e` ``', 'a _b_ __c__ ``d`` ``e` ``'],
    [String.raw`a \ #1`, 'a \\\n#1'],
    [String.raw`\\<b\\>`, String.raw`\<b\>`],
  ] as const)('of %j is that of %j', ([one, same]) => {
    expect(hashOf(same)).toBe(hashOf(one))
  })

  test.for([
    ['붉은 여우', '붉은여우'],
    ['a red fox', 'ared fox'],
    ['🦊 🦊', '🦊🦊'],
    ['café au lait', 'caféau lait'],
    ['狐狸', '狐'],
    ['a fox', 'a fox_'],
  ] as const)('of %j is not that of %j', ([one, other]) => {
    expect(hashOf(other)).not.toBe(hashOf(one))
  })
})

const marks = [' ', '  ', '\n', '\t', '\\\n', '\\', '\\*', '*', '_', '`', '``', '&amp;', '&', 'a']
const scripts = [
  '漢',
  '𠮷',
  '字，',
  'か',
  'が',
  'か\u3099',
  '\u3000',
  '한',
  '\u1112\u1161',
  'é',
  'e\u0301',
  '🦊',
  '“',
]
const oddities = [
  '\u3099',
  '\u302a',
  '\u{E0100}',
  '\u2329',
  '\uF900',
  '\u0301',
  '\u0323',
  '=\u0338',
]
const piece = oneof(
  constantFrom(...marks, ...scripts, ...oddities),
  string({ unit: 'grapheme', maxLength: 3 }).map((any) => any.replaceAll('\r', '')),
)
const text = array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''))

test('composed or not, and with any line ending, a text is the same', () => {
  assert(
    property(text, (raw) => {
      const canonical = canonicalText(raw)
      expect(canonicalText(raw.normalize('NFC'))).toBe(canonical)
      expect(canonicalText(raw.normalize('NFD'))).toBe(canonical)
      expect(canonicalText(raw.replaceAll('\n', '\r\n'))).toBe(canonical)
      expect(canonicalText(raw.replaceAll('\n', '\r'))).toBe(canonical)
    }),
    { numRuns: 2000 },
  )
})

test('the hash form of a hash form is itself, and composed', () => {
  // A backslash or a reference in a canonical text would be read a second time.
  const plain = text.map((raw) => raw.replaceAll(/[\\&]/g, ''))
  assert(
    property(plain, (raw) => {
      const form = hashOf(raw)
      expect(hashForm(form)).toBe(form)
      expect(hashOf(form)).toBe(form)
      expect(form.normalize('NFC')).toBe(form)
    }),
    { numRuns: 2000 },
  )
})

test('the hash form is the same when it is taken twice', () => {
  assert(
    property(text, (raw) => {
      expect(hashForm(hashOf(raw))).toBe(hashOf(raw))
    }),
    { numRuns: 2000 },
  )
})

test('neither depends on white space beside Chinese and Japanese', () => {
  const mixed = array(constantFrom('漢', '字', 'か', 'カ', '，', 'a', '한', ' ', '\n'), {
    maxLength: 14,
  }).map((pieces) => pieces.join(''))
  assert(
    property(mixed, (raw) => {
      const spaced = raw.replaceAll(/(?<=[漢字かカ，])|(?=[漢字かカ，])/g, ' ')
      const broken = raw.replaceAll(/(?<=[漢字かカ，])(?=[漢字かカ，])/g, '\n')
      expect(hashOf(spaced)).toBe(hashOf(raw))
      expect(canonicalText(broken)).toBe(canonicalText(raw))
    }),
    { numRuns: 1000 },
  )
})
