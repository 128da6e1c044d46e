/** Where one thing that is said ends and the next begins; a comma or a full stop inside a number ends nothing. */
const BETWEEN =
  /(?:(?<!\d)[,.;!]+|[,.;!]+(?!\d)|\n)\s*|\s+(?=(?:thưa vì|vì|tại vì|bởi vì|nhưng|nhưng mà|thua vi|vi|tai vi|nhung)\s)/iu;

/** What a message says, one thing after the other; at least one where there are letters or digits. Pure. */
export function clausesOf(text: string): string[] {
  return text
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\d]/u.test(part));
}
