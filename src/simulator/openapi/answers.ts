/** The words in which every call of the fake's API is put: what was asked, what is answered, and how a field is read. */

/** The one file of a multipart body. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface ApiCall {
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** Undefined when there was no JSON body. */
  readonly body: unknown;
  /** Of an upload; null when the body held no field `file`. */
  readonly file?: SentFile | null;
}

export interface ApiAnswer {
  readonly error: number;
  readonly message: string;
  readonly data?: unknown;
  readonly metadata?: unknown;
}

export interface Refusal {
  readonly error: number;
  readonly message: string;
}

export type Endpoint = (call: ApiCall) => ApiAnswer;
export type Endpoints = Readonly<Record<string, Endpoint>>;
export type Fields = Readonly<Record<string, unknown>>;

export const OK = { error: 0, message: 'Success' } as const;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function refuse(error: number, message: string): Refusal {
  return { error, message };
}

export function isRefusal(value: object): value is Refusal {
  return 'error' in value && typeof value.error === 'number';
}

/** The one `data` parameter of the older calls; null when it is not there or no JSON. */
export function fromQuery(query: Fields): unknown {
  const data = query['data'];
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Number of code points, as Zalo counts a text. */
export function points(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** A text that is there; undefined for anything else. */
export function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `offset` and `count` of a list, given as numbers or as their digits; null when they are outside the limits. */
export function paging(
  asked: Fields,
  limits: { readonly count: number; readonly usual: number; readonly offset?: number },
): { readonly offset: number; readonly count: number } | null {
  const offset = Number(asked['offset'] ?? 0);
  const count = Number(asked['count'] ?? limits.usual);
  const fits =
    Number.isInteger(offset) &&
    Number.isInteger(count) &&
    offset >= 0 &&
    offset <= (limits.offset ?? Infinity) &&
    count >= 1 &&
    count <= limits.count;
  return fits ? { offset, count } : null;
}
