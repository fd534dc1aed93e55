/** A request that the API does not carry out, in its words. */
export interface Refusal {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly error: {
    readonly message: string
    readonly type: string
    readonly param?: string | null
    readonly code?: string | null
    readonly moderation_details?: {
      readonly moderation_stage: 'input' | 'output' | 'unknown'
      readonly categories: readonly string[]
    }
  }
  /** What FastAPI sends in place of the error. */
  readonly detail?: string
}

export function listed(
  name: string,
  value: unknown,
  known: readonly string[],
): Refusal | undefined {
  if (typeof value === 'string' && known.includes(value)) return undefined
  return invalid(`Invalid value: '${String(value)}'. Supported values are: ${quoted(known)}.`, name)
}

export function invalid(message: string, param: string, code = 'invalid_value'): Refusal {
  return { status: 400, error: { message, type: 'invalid_request_error', param, code } }
}

export function quoted(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ')
}
