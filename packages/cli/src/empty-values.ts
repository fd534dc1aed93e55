/**
 * A command line in which an `--html` that stands alone has an empty value: of an option whose value can be left out the
 * parser knows nothing.
 * @param commands What may follow it and is no value.
 */
export function withEmptyValues(argv: readonly string[], commands: object): string[] {
  return argv.map((word, at) => {
    const next = argv[at + 1]
    const isAlone = next === undefined || next.startsWith('-') || Object.hasOwn(commands, next)
    return word === '--html' && isAlone ? '--html=' : word
  })
}
