/** The address of one page as another names it: relative, so that the site works below any base. */
export function linkTo(target: string, from: string): string {
  const up = '../'.repeat(from.split('/').length - 1)
  const address = up + (target === 'index.html' ? '' : target)
  return address === '' ? './' : address
}
