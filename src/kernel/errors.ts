/**
 * Failures carry a code from this catalogue. The catalogue says which HTTP status answers it and whether
 * trying again can help. The code is for operators and neighbouring systems; what a person reads is decided where the
 * failure is met.
 */
export interface ErrorKind {
  readonly status: number;
  readonly retry: boolean;
}

export const ERROR_KINDS = {
  config_invalid: { status: 500, retry: false },
  port_taken: { status: 500, retry: false },
  data_dir_in_use: { status: 500, retry: false },
  data_dir_unwritable: { status: 500, retry: false },
  store_unavailable: { status: 503, retry: true },
  store_full: { status: 503, retry: true },
  store_unsafe: { status: 500, retry: false },
  not_json: { status: 400, retry: false },
  body_too_large: { status: 413, retry: false },
  signature_wrong: { status: 401, retry: false },
  token_missing: { status: 401, retry: false },
  outside_subtree: { status: 403, retry: false },
  not_found: { status: 404, retry: false },
  bad_request: { status: 400, retry: false },
  clock_backwards: { status: 409, retry: false },
  internal: { status: 500, retry: true },
  zalo_refused: { status: 502, retry: false },
  zalo_rate_limited: { status: 429, retry: true },
  zalo_unreachable: { status: 502, retry: true },
  zalo_timeout: { status: 504, retry: false },
  zalo_token_dead: { status: 502, retry: false },
  turn_conflict: { status: 409, retry: true },
  turn_failed: { status: 500, retry: true },
  import_refused: { status: 422, retry: false },
  locale_missing: { status: 500, retry: false },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_KINDS;

/** A failure we can name. `facts` go to the log and, where they are safe, into the words; never a name or a phone number. */
export class AppError extends Error {
  readonly kind: ErrorKind;

  constructor(
    readonly code: ErrorCode,
    readonly facts: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(`${code}${Object.keys(facts).length ? ` ${JSON.stringify(facts)}` : ''}`, options);
    this.name = 'AppError';
    this.kind = ERROR_KINDS[code];
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
