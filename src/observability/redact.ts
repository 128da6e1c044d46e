/**
 * What may stand in a log line. Names, phone numbers, texts and keys never do: fields that are known to hold them are
 * replaced whole, and phone numbers and tokens that slipped into other words are cut out.
 */

const HIDDEN = '[hidden]';
const DEEPEST = 6;

const PRIVATE_FIELD =
  /^(?:(?:full|display|person|member|user|first|last|zalo)_?names?|ten|phones?|phone_?(?:number|code)|mobile|text|body|caption|raw|(?:access_?|refresh_?|bearer_?|api_?)?tokens?|.*secret.*|(?:secret|encryption|api)_?key|appsecret_proof|password|authorization|cookie|claim_?code|otp)$/i;
/** `name` is also what jobs and events have; theirs are lower-case identifiers, those of people are not. */
const IDENTIFIER = /^[a-z][a-z0-9_.:-]*$/;
/** A Vietnamese phone number standing alone, with or without separators; longer runs of digits are ids. */
const PHONE = /(?<![\d.])(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)/g;
const TOKEN =
  /(?<=(?:token|secret|key|bearer|authorization)["']?\s*[:=]?\s*["']?)[A-Za-z0-9_\-.~+/]{20,}={0,2}/gi;

/** A text without phone numbers and tokens. */
export function redactText(text: string): string {
  return text.replace(TOKEN, HIDDEN).replace(PHONE, HIDDEN);
}

/** A copy of the facts fit for the log. Errors become type, message, code and stack; what lies too deep is left out. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) return redactError(value, depth);
  if (depth >= DEEPEST) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, depth + 1));
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  const out: Record<string, unknown> = {};
  for (const [field, content] of Object.entries(value)) out[field] = redactField(field, content, depth);
  return out;
}

function redactField(field: string, content: unknown, depth: number): unknown {
  if (content === null || content === undefined || typeof content === 'boolean') return content;
  if (field === 'name') return typeof content === 'string' && IDENTIFIER.test(content) ? content : HIDDEN;
  return PRIVATE_FIELD.test(field) ? HIDDEN : redact(content, depth + 1);
}

function redactError(error: Error, depth: number): unknown {
  const { code, facts } = error as { code?: unknown; facts?: unknown };
  const coded = typeof code === 'string' || typeof code === 'number' ? { code } : {};
  const known =
    typeof facts === 'object' && facts !== null && depth < DEEPEST ? { facts: redact(facts, depth + 1) } : {};
  const cause =
    error.cause === undefined || depth >= DEEPEST ? {} : { cause: redact(error.cause, depth + 2) };
  return {
    type: error.name,
    message: redactText(error.message),
    ...coded,
    ...known,
    stack: error.stack === undefined ? undefined : redactText(error.stack),
    ...cause,
  };
}
