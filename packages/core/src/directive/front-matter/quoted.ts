/**
 * A URL as YAML and TOML both write it: in `'` where the text that it replaces was, if it can be, and else in `"`.
 */
export function quoted(url: string, replaced: string): string {
  const isSingle = replaced.startsWith("'") && !/['\p{Cc}\u2028\u2029\uFEFF]/u.test(url)
  return isSingle ? `'${url}'` : doubleQuoted(url)
}

/** A text in double quotes, on one line, with whatever YAML and TOML would not have as it is escaped. */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007F-\u009F\u2028\u2029\uFEFF]/g, (one) => {
    const code = one.charCodeAt(0).toString(16).padStart(4, '0')
    return String.raw`\u${code}`
  })
}
