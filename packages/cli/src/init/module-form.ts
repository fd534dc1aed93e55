/** Whether a configuration assigns what it exports, as CommonJS does. */
export function isCommonJs(source: string): boolean {
  return /\bmodule\.exports\b/.test(source) && !/^\s*(?:import|export)\s/m.test(source)
}

/** Lines of a module, as CommonJS says the same. What is loaded by `require` is a module all the same, with a `default`. */
export function asCommonJs(lines: string): string {
  return lines
    .replaceAll(/^import (\{.*?\}) from ('.*?')/gm, 'const $1 = require($2)')
    .replaceAll(/^import (\w+) from ('.*?')/gm, 'const { default: $1 } = require($2)')
    .replaceAll(/^export default /gm, 'module.exports = ')
    .replaceAll('import.meta.url', '__filename')
}

/** Why a configuration is left to a person whose exported object cannot be told. */
export function exportFault(source: string, fault: string): string {
  return isCommonJs(source) ? 'it is CommonJS, which is not edited' : fault
}
