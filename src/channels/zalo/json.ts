/**
 * JSON as Zalo writes it. Ids are numbers of up to 19 digits; where one comes unquoted, `JSON.parse` would round it,
 * so long integers are put in quotes first. Nothing here recurses: nesting of any depth is only a big value.
 */

const LONG_INTEGER = /[:[,]\s*-?\d{16}/;
const STRING_OR_NUMBER = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const ALL_LONG = /^-?\d{16,}$/;

/** The value, with integers of 16 digits and more as text. Throws a SyntaxError when it is not JSON. */
export function parseJson(text: string): unknown {
  return JSON.parse(LONG_INTEGER.test(text) ? quoteLongIntegers(text) : text);
}

function quoteLongIntegers(text: string): string {
  return text.replace(STRING_OR_NUMBER, (token) => (ALL_LONG.test(token) ? `"${token}"` : token));
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value when it is an object (no list, no null), else undefined. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** The object that the text is; undefined for anything else, be it no JSON at all: a page of a gateway, half an answer. */
export function readObject(text: string): JsonObject | undefined {
  try {
    return asObject(parseJson(text));
  } catch {
    return undefined;
  }
}

/** Text as it is, a number as its digits; anything else and the empty text: undefined. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}
