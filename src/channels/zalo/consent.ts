/**
 * The address to which Zalo sends the browser back after the consent page, as an operator pastes it.
 */
export interface ConsentReturn {
  /** Null when Zalo gave none. */
  readonly code: string | null;
  /** The account that was chosen; null when the address does not say. */
  readonly oaId: string | null;
  readonly state: string | null;
  /** What Zalo says instead of a code, in its own words; null when it says nothing. */
  readonly refusal: string | null;
}

const REFUSALS = ['error_description', 'error_reason', 'error_name', 'error', 'error_code'];
const SAID_MAX = 200;

/** Null when the text is no address that came back from the consent page. */
export function readConsentReturn(pasted: string): ConsentReturn | null {
  const text = pasted.replace(/\s+/g, '').replace(/^[<"'«]+|[>"'»]+$/g, '');
  const query = queryOf(text);
  if (query === null) return null;
  const read = (name: string): string | null => query.get(name)?.trim() || null;
  const said = REFUSALS.map(read).filter((part) => part !== null);
  return {
    code: read('code'),
    oaId: read('oa_id'),
    state: read('state'),
    refusal: said.length === 0 ? null : [...new Set(said)].join(', ').slice(0, SAID_MAX),
  };
}

/** Of a whole address, or of what stands behind its question mark. */
function queryOf(text: string): URLSearchParams | null {
  if (/^https?:/i.test(text)) {
    if (!URL.canParse(text)) return null;
    const { search, hash } = new URL(text);
    return new URLSearchParams(search === '' ? hash.slice(1) : search);
  }
  return /^\??(?:\w+=[^&]*&)*(?:code|oa_id|error\w*)=/.test(text) ? new URLSearchParams(text) : null;
}
