import type { Provider, Remote } from '../ports.ts'
import type { Prompts } from './prompts.ts'
import type { Template } from './template.ts'

/** Whether a build may buy: what is missing is bought, is an error, or is drawn as a marked placeholder. */
export type Mode = 'generate' | 'frozen' | 'placeholder'

/** How purchases outlive a throw-away CI runner. */
export type Persist = 'commit' | 'cache' | 'remote'

/** Dollars as a number (`0.5`) or a string (`'$0.50'`), to the micro-dollar. */
export type Usd = number | string

/** Per cent as a string, such as `'20%'`. */
export type Percent = string

/**
 * One rule of a budget: its limit, which a plan may not exceed; or its limit with what happens where a plan does: the
 * build warns, or ends before anything is bought.
 */
export type BudgetRuleConfig<Limit> =
  | Limit
  | { readonly limit: Limit; readonly level?: 'off' | 'warn' | 'error' }
  | { readonly level: 'off' }

/** What purchases may come to, at their worst. Every field may be left out. */
export interface BudgetConfig {
  /**
   * Of one build.
   * @default 1
   */
  readonly build?: BudgetRuleConfig<Usd>
  /** Of one picture. */
  readonly image?: BudgetRuleConfig<Usd>
  /** Of the new pictures of any one page. */
  readonly page?: BudgetRuleConfig<Usd>
  /** Of the new pictures of all pages that a glob matches, by glob. */
  readonly pages?: Readonly<Record<string, BudgetRuleConfig<Usd>>>
  /** How many pictures one build may buy. */
  readonly newImages?: BudgetRuleConfig<number>
  /** Of one build, in per cent of what the stored pictures of the site cost. */
  readonly increase?: BudgetRuleConfig<Percent>
  /** Of a day (UTC), with everything that the ledgers of this store tell of it. */
  readonly day?: BudgetRuleConfig<Usd>
  /** Of a month (UTC), likewise. */
  readonly month?: BudgetRuleConfig<Usd>
}

/** Encodings of files that pages show. */
export type PictureFormat = 'avif' | 'webp' | 'jpeg' | 'png' | 'gif' | 'svg'

/** What stands in a picture's place while it loads. */
export type PlaceholderStyle = 'blur' | 'colour' | 'none'

/** A picture without a Markdown file: `prompt` and any attribute of a directive. */
export interface ConfigImage {
  readonly prompt: string
  readonly [attribute: string]: string | number | boolean
}

/** What `imprompt.config.ts` may say. Every field may be left out. */
export interface Config {
  /**
   * Who makes the pictures.
   * @default openai()
   */
  readonly provider?: Provider
  /** Further providers, which a directive names by `provider=ID`. */
  readonly providers?: readonly Provider[]
  /**
   * Model of directives that name none.
   * @default the provider's own default
   */
  readonly model?: string
  /**
   * Size of directives that name none.
   * @default '1536x1024'
   */
  readonly size?: string
  /**
   * Quality of directives that name none.
   * @default 'medium'
   */
  readonly quality?: string
  /**
   * Globs of the files that may hold directives, below the project's root. Those that begin with `!` take files out, such
   * as what hosts copy as it is, or write.
   * @default ['**\/*.{md,mdx,markdown,svx}', '!**\/{public,dist}/**', '!static/**']
   */
  readonly content?: readonly string[]
  /**
   * Folder of the store, relative to the project's root.
   * @default '.imprompt'
   */
  readonly store?: string
  /**
   * What a build does about a missing picture.
   * @default 'generate', and 'frozen' under CI
   */
  readonly mode?: Mode
  /** Needed before a build may buy under CI. */
  readonly persist?: Persist
  /**
   * What purchases may come to, at their worst.
   * @default { build: 1 }
   */
  readonly budget?: BudgetConfig
  /** What may be bought at all; pictures that are stored stay. */
  readonly policy?: {
    /**
     * Ids of providers.
     * @default all that are configured
     */
    readonly providers?: readonly string[]
    /**
     * Ids of models, or globs of them such as `gpt-image-2*`.
     * @default all of the providers
     */
    readonly models?: readonly string[]
    /**
     * The highest one, in the order in which a model lists them; `auto` counts as the highest of all.
     * @default any
     */
    readonly quality?: string
  }
  /** How reports are written that others see: Markdown, the summary of a step of GitHub Actions and the page. */
  readonly report?: {
    /**
     * How much of the prompts they show.
     * @default 'excerpt'
     */
    readonly prompts?: Prompts
  }
  /** Ceilings for models without a known price, by model. */
  readonly prices?: Readonly<Record<string, { readonly maxMicroUsd: number }>>
  /**
   * Templates that `style=NAME` wraps around a prompt; each holds `{prompt}` once, and may hold fields of the front
   * matter such as `{title}`. Three are ready made: `brandSafeCreative`, `characterSeries`, `uiIllustrationPack`.
   */
  readonly styles?: Readonly<Record<string, Template>>
  /**
   * Style of directives that name none: its name, or names by globs of files, of which the first that matches counts.
   * Like every default it is pinned, so that neither a change of it nor moving a post buys a picture anew.
   */
  readonly style?: string | Readonly<Record<string, string>>
  /**
   * Whether pictures that stand on pages marked `draft: true` alone are bought.
   * @default 'skip'
   */
  readonly drafts?: 'skip' | 'include'
  /**
   * What a build does about a directive that it finds in its output, where nothing replaced it.
   * @default 'error'
   */
  readonly leftOvers?: 'error' | 'warn' | 'off'
  /**
   * Origin of the published site, such as `https://example.com`: what a feed's pictures are addressed by.
   */
  readonly site?: string
  /** Pictures imported as `virtual:imprompt/NAME`. */
  readonly images?: Readonly<Record<string, ConfigImage>>
  /**
   * Whether pictures made with older defaults stay (`pin`) or are bought anew (`follow`).
   * @default 'pin'
   */
  readonly defaults?: 'pin' | 'follow'
  /** How pictures are encoded and shown where a directive does not say. */
  readonly output?: {
    /**
     * Widths in pixels of the files to encode; the picture's own width is added, nothing is upscaled.
     * @default [480, 960]
     */
    readonly widths?: readonly number[]
    /**
     * The `sizes` attribute.
     * @default '(min-width: 60rem) 60rem, 100vw'
     */
    readonly sizes?: string
    /**
     * Encodings before the fallback, best first.
     * @default ['avif', 'webp']
     */
    readonly formats?: readonly ('avif' | 'webp')[]
    /**
     * What stands in the picture's place while it loads; `none` for a strict CSP.
     * @default 'blur'
     */
    readonly placeholder?: PlaceholderStyle
  }
  /**
   * Where machines share what was bought, in the order in which they are asked, such as `s3({ bucket: 'pictures' })`.
   * @default []
   */
  readonly remotes?: readonly Remote[]
  /**
   * Whether a build may buy where no remote keeps machines from buying the same picture.
   * @default 'required'
   */
  readonly coordination?: 'required' | 'best-effort'
  /**
   * Requests under way at once.
   * @default 4
   */
  readonly concurrency?: number
}

/** Gives a configuration its types; answers it unchanged. */
export function defineConfig(config: Config): Config {
  return config
}
