import type { Refusal } from './rules.ts'

/** Errors of the API before any work, with the bodies in which they were seen. */
export const refusals = {
  moderation: blocked('input'),
  contentPolicy: {
    status: 400,
    error: {
      message: 'Your request was rejected as a result of our safety system.',
      type: 'invalid_request_error',
      param: null,
      code: 'content_policy_violation',
    },
  },
  billingLimit: {
    status: 400,
    error: {
      message: 'Billing hard limit has been reached',
      type: 'invalid_request_error',
      param: null,
      code: 'billing_hard_limit_reached',
    },
  },
  badSize: {
    status: 400,
    error: {
      message: "Invalid size '1792x936'. Width and height must both be divisible by 16.",
      type: 'image_generation_user_error',
      param: 'size',
      code: 'invalid_value',
    },
  },
  unknownParameter: {
    status: 400,
    error: {
      message: "Unknown parameter: 'response_format'.",
      type: 'invalid_request_error',
      param: 'response_format',
      code: 'unknown_parameter',
    },
  },
  retiredModel: {
    status: 400,
    error: {
      message: "The model 'dall-e-3' does not exist.",
      type: 'image_generation_user_error',
      param: 'model',
      code: 'invalid_value',
    },
  },
  modelNotFound: {
    status: 404,
    error: {
      message: 'The model `gpt-image-9` does not exist or you do not have access to it.',
      type: 'invalid_request_error',
      param: null,
      code: 'model_not_found',
    },
  },
  notFound: {
    status: 404,
    error: {
      message: 'Invalid URL (POST /v1/images/generations)',
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
  },
  unprocessable: {
    status: 422,
    error: { message: 'Unprocessable.', type: 'invalid_request_error', param: null, code: null },
  },
  badKey: {
    status: 401,
    error: {
      message:
        'Incorrect API key provided: sk-test-double. You can find your API key at https://platform.openai.com/account/api-keys.',
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    },
  },
  unverified: {
    status: 403,
    error: {
      message:
        'Your organization must be verified to use the model `gpt-image-2`. If you just verified, it can take up to 15 minutes for access to propagate.',
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
  },
  quota: quota('insufficient_quota'),
  creditExhausted: quota('credit_balance_exhausted'),
  organizationSpend: quota('organization_spend_limit_exceeded'),
  projectSpend: quota('project_spend_limit_exceeded'),
  organizationUsage: quota('organization_usage_limit_exceeded'),
  rateLimit: {
    status: 429,
    headers: { 'retry-after': '2' },
    error: {
      message: 'Rate limit reached for images per minute: Limit: 5/1min, Current: 6/1min.',
      type: 'requests',
      param: null,
      code: 'rate_limit_exceeded',
    },
  },
  noAccess: {
    status: 429,
    error: {
      message: 'Rate limit reached for images per minute: Limit: 0/1min, Current: 1/1min.',
      type: 'requests',
      param: null,
      code: 'rate_limit_exceeded',
    },
  },
  slowDown: {
    status: 429,
    error: { message: 'Slow down.', type: 'requests', param: null, code: 'slow_down' },
  },
  overloaded: {
    status: 503,
    error: {
      message: 'The server is currently overloaded with other requests.',
      type: 'server_error',
      param: null,
      code: 'server_is_overloaded',
    },
  },
  redirect: {
    status: 307,
    headers: { location: '/v1/images/generations' },
    error: { message: 'Moved.', type: 'redirect', param: null, code: null },
  },
} as const satisfies Readonly<Record<string, Refusal>>

/** Blocks by moderation, of which nobody tells whether they are billed. */
export const blocks = {
  output: blocked('output'),
  unknown: blocked('unknown'),
} as const

/** Work was done and billed, and then the answer went wrong. */
export const mishaps = [
  'server-error',
  'blocked-output',
  'gateway-timeout',
  'reset',
  'reset-midway',
  'hang',
  'html',
  'empty',
  'truncated-json',
  'no-data',
  'two-pictures',
  'url-only',
  'foreign-base64',
  'unpadded-base64',
  'half-png',
  'wrong-dimensions',
  'no-usage',
] as const

export type Mishap = (typeof mishaps)[number]

/** What becomes of one accepted request: a refusal without a charge, or a mishap after it. */
export type Fault = Refusal | Mishap

function blocked(stage: 'input' | 'output' | 'unknown') {
  return {
    status: 400,
    error: {
      message:
        'Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com.',
      type: 'image_generation_user_error',
      param: null,
      code: 'moderation_blocked',
      moderation_details: { moderation_stage: stage, categories: ['violence'] },
    },
  } as const satisfies Refusal
}

function quota(code: string): Refusal {
  return {
    status: 429,
    error: {
      message: 'You exceeded your current quota, please check your plan and billing details.',
      type: 'insufficient_quota',
      param: null,
      code,
    },
  }
}
