import { z } from 'zod'
import type { Provider, Remote } from '../ports.ts'
import { type BudgetTerm, budgetSchema, budgetTermsOf } from './budget.ts'
import type { Config, ConfigImage, Mode, Persist, PlaceholderStyle } from './config.ts'
import { type ConfigIssue, issueOf } from './config-issue.ts'
import { type Prompts, promptForms } from './prompts.ts'
import { providerIssue } from './provider-issue.ts'
import { type Template, noStyle, templateFault } from './template.ts'

/** The quality of pictures of which nobody says another one. */
export const defaultQuality = 'medium'

/** A configuration that was validated, with every default in place. */
export interface Settings {
  readonly provider: Provider
  /** Every provider by its id, the default one included. */
  readonly providers: ReadonlyMap<string, Provider>
  /** Days (`YYYY-MM-DD`) that servers name for the end of models, by provider and then by model; absent where none was asked. */
  readonly retirements?: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly model: string
  readonly size: string
  readonly quality: string
  readonly content: readonly string[]
  readonly store: string
  readonly mode?: Mode
  readonly persist?: Persist
  /** Those rules alone that the configuration names. */
  readonly budget: readonly BudgetTerm[]
  /** What may be bought; without a field, whatever it would bound. */
  readonly policy: NonNullable<Config['policy']>
  /** How much of the prompts reports show that others see. */
  readonly prompts: Prompts
  readonly maxMicroUsdByModel: ReadonlyMap<string, number>
  readonly styles: ReadonlyMap<string, Template>
  /** Names of default styles by glob, in the order in which they are tried. */
  readonly defaultStyles: readonly (readonly [glob: string, name: string])[]
  readonly drafts: 'skip' | 'include'
  readonly leftOvers: 'error' | 'warn' | 'off'
  /** Origin of the published site without a final slash; absent where the configuration names none. */
  readonly site?: string
  readonly images: ReadonlyMap<string, ConfigImage>
  readonly defaults: 'pin' | 'follow'
  readonly widths: readonly number[]
  readonly sizes: string
  readonly formats: readonly ('avif' | 'webp')[]
  readonly placeholder: PlaceholderStyle
  /** In the order in which they are asked. */
  readonly remotes: readonly Remote[]
  readonly coordination: 'required' | 'best-effort'
  readonly concurrency: number
}

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/i, 'expected letters, digits and hyphens')
const provider = z.custom<Provider>(
  (value) => providerIssue(value) === undefined,
  'expected a provider such as `openai()`',
)
const remote = z.custom<Remote>(isRemote, 'expected a remote such as `s3({ bucket })`')
const site = z
  .string()
  .regex(/^https?:\/\/[^/?#\s]+\/?$/, 'expected an origin such as `https://example.com`')
const image = z
  .object({ prompt: z.string() })
  .catchall(z.union([z.string(), z.number(), z.boolean()], 'expected a text, a number or a flag'))

const schema = z.strictObject({
  provider: provider.optional(),
  providers: z.array(provider).optional(),
  model: z.string().min(1).optional(),
  size: z.string().optional(),
  quality: z.string().optional(),
  content: z.array(z.string().min(1)).min(1).optional(),
  store: z.string().min(1).optional(),
  mode: z.enum(['generate', 'frozen', 'placeholder']).optional(),
  persist: z.enum(['commit', 'cache', 'remote']).optional(),
  budget: budgetSchema.optional(),
  policy: z
    .strictObject({
      providers: z.array(z.string().min(1)).min(1).exactOptional(),
      models: z.array(z.string().min(1)).min(1).exactOptional(),
      quality: z.string().min(1).exactOptional(),
    })
    .optional(),
  report: z.strictObject({ prompts: z.enum(promptForms).exactOptional() }).optional(),
  prices: z
    .record(z.string(), z.strictObject({ maxMicroUsd: z.number().int().nonnegative() }))
    .optional(),
  styles: z.record(name, z.string()).optional(),
  style: z.union([z.string(), z.record(z.string().min(1), z.string())]).optional(),
  drafts: z.enum(['skip', 'include']).optional(),
  leftOvers: z.enum(['error', 'warn', 'off']).optional(),
  site: site.optional(),
  images: z.record(name, image).optional(),
  defaults: z.enum(['pin', 'follow']).optional(),
  output: z
    .strictObject({
      widths: z.array(z.number().int().min(16).max(8192)).min(1).max(12).optional(),
      sizes: z.string().min(1).optional(),
      formats: z.array(z.enum(['avif', 'webp'])).optional(),
      placeholder: z.enum(['blur', 'colour', 'none']).optional(),
    })
    .optional(),
  remotes: z.array(remote).optional(),
  coordination: z.enum(['required', 'best-effort']).optional(),
  concurrency: z.number().int().min(1).max(64).optional(),
})

/** Validates a configuration and fills in its defaults, or answers every issue by its path. */
export function settingsFrom(
  config: unknown,
  defaultProvider: Provider,
): { readonly settings: Settings } | { readonly issues: readonly ConfigIssue[] } {
  const parsed = schema.safeParse(config)
  if (!parsed.success) return { issues: parsed.error.issues.map((issue) => issueOf(issue, schema)) }
  const chosen = parsed.data.provider ?? defaultProvider
  const all = [chosen, ...(parsed.data.providers ?? [])]
  const issues = [
    ...providerIssues(all, chosen, parsed.data.model),
    ...styleIssues(parsed.data),
    ...remoteIssues(parsed.data),
  ]
  if (issues.length > 0) return { issues }
  return { settings: withDefaults(parsed.data, chosen, all) }
}

function withDefaults(
  config: z.output<typeof schema>,
  chosen: Provider,
  all: readonly Provider[],
): Settings {
  return {
    provider: chosen,
    providers: new Map(all.map((one) => [one.id, one])),
    model: config.model ?? chosen.defaultModel,
    size: config.size ?? '1536x1024',
    quality: config.quality ?? defaultQuality,
    content: config.content ?? [
      '**/*.{md,mdx,markdown,svx}',
      // What hosts copy as it is, or write.
      '!**/{public,dist}/**',
      '!static/**',
    ],
    store: config.store ?? '.imprompt',
    ...(config.mode !== undefined && { mode: config.mode }),
    ...(config.persist !== undefined && { persist: config.persist }),
    budget: budgetTermsOf(config.budget ?? {}),
    policy: config.policy ?? {},
    prompts: config.report?.prompts ?? 'excerpt',
    maxMicroUsdByModel: new Map(
      Object.entries(config.prices ?? {}).map(([model, price]) => [model, price.maxMicroUsd]),
    ),
    styles: new Map(Object.entries(config.styles ?? {})),
    defaultStyles: defaultStylesOf(config.style),
    drafts: config.drafts ?? 'skip',
    leftOvers: config.leftOvers ?? 'error',
    ...(config.site !== undefined && { site: new URL(config.site).origin }),
    images: new Map(Object.entries(config.images ?? {})),
    defaults: config.defaults ?? 'pin',
    widths: config.output?.widths ?? [480, 960],
    sizes: config.output?.sizes ?? '(min-width: 60rem) 60rem, 100vw',
    formats: config.output?.formats ?? ['avif', 'webp'],
    placeholder: config.output?.placeholder ?? 'blur',
    remotes: config.remotes ?? [],
    coordination: config.coordination ?? 'required',
    concurrency: config.concurrency ?? 4,
  }
}

function defaultStylesOf(
  style: string | Readonly<Record<string, string>> | undefined,
): Settings['defaultStyles'] {
  return typeof style === 'string' ? [['**', style]] : Object.entries(style ?? {})
}

function styleIssues(config: z.output<typeof schema>): readonly ConfigIssue[] {
  const names = Object.keys(config.styles ?? {})
  const faults = Object.entries(config.styles ?? {}).flatMap(([style, text]) => {
    const fault =
      style === noStyle
        ? `unexpected name, as \`style=${noStyle}\` asks for no style`
        : templateFault(text, names)
    return fault === undefined ? [] : [{ path: `styles.${style}`, detail: fault }]
  })
  const known = names.map((one) => `\`${one}\``).join(', ') || 'none, as `styles` is empty'
  const strangers = defaultStylesOf(config.style)
    .filter(([, style]) => !names.includes(style) && style !== noStyle)
    .map(([glob, style]) => ({
      path: typeof config.style === 'string' ? 'style' : `style.${glob}`,
      detail: `unexpected \`${style}\`, expected one of ${known}`,
    }))
  return [...faults, ...strangers]
}

function remoteIssues({ persist, remotes = [] }: z.output<typeof schema>): readonly ConfigIssue[] {
  const names = remotes.map((one) => one.name)
  const twice = names.find((one, index) => names.indexOf(one) !== index)
  if (twice !== undefined)
    return [{ path: 'remotes', detail: `\`${twice}\` stands twice, expected each once` }]
  if (persist !== 'remote' || remotes.some(({ isReadOnly }) => !isReadOnly)) return []
  const detail = '`remote` needs one in `remotes` that is not `readOnly`'
  return [{ path: 'persist', detail }]
}

function providerIssues(
  all: readonly Provider[],
  chosen: Provider,
  model: string | undefined,
): readonly ConfigIssue[] {
  const ids = all.map((one) => one.id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined)
    return [{ path: 'providers', detail: `\`${twice}\` stands twice, expected each id once` }]
  if (model === undefined || chosen.models.some((one) => [one.id, ...one.aliases].includes(model)))
    return []
  const known = chosen.models.map((one) => `\`${one.id}\``).join(', ')
  return [{ path: 'model', detail: `unexpected \`${model}\`, expected one of ${known}` }]
}

/** The shape of the port, as far as it is asked before anything is bought. */
const remoteSchema = z.object({
  name: z.string().min(1),
  isTrusted: z.boolean(),
  isReadOnly: z.boolean(),
  credentials: z.array(z.string()),
  addressOf: z.function(),
  connect: z.function(),
})

function isRemote(value: unknown): boolean {
  return remoteSchema.safeParse(value).success
}

/** Names of the environment's variables that hold what providers and remotes are paid by. */
export function credentialsOf({
  providers,
  remotes,
}: Pick<Settings, 'providers' | 'remotes'>): readonly string[] {
  return [...providers.values(), ...remotes].flatMap(({ credentials }) => credentials ?? [])
}
