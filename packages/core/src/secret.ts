/** What credentials of well-known services look like. */
const forms: readonly (readonly [name: string, form: RegExp])[] = [
  ['an API key', /\bsk-[A-Za-z0-9_-]{16,}/],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a token of GitHub', /\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bgithub_pat_\w{30,}/],
  ['a key of Google', /\bAIza[\w-]{30,}/],
  ['a token of Slack', /\bxox[abprs]-[\w-]{10,}/],
  ['a JSON web token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
]

/** Says what a text seems to give away, such as `an API key`; nothing where it gives nothing away. */
export function secretIn(text: string): string | undefined {
  return forms.find(([, form]) => form.test(text))?.[0]
}
