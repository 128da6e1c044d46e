/** Text as messengers take it: NFC, counted in code points, without what no phone can show. */

/** Without control characters and halves of characters, NFC. */
export function shown(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, '').normalize('NFC');
}

/** The same, trimmed. */
export function clean(text: string): string {
  return shown(text).trim();
}

/** Length in code points. */
export function length(text: string): number {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

/** Clean and at most `max` code points; what was cut ends in an ellipsis, at a word's end where one is near. */
export function fitted(text: string, max: number): string {
  const whole = clean(text);
  if (length(whole) <= max) return whole;
  const points = Array.from(whole).slice(0, max - 1);
  const space = points.lastIndexOf(' ');
  const kept = space > max * 0.9 ? points.slice(0, space) : points;
  return `${kept.join('').trimEnd()}…`;
}

/** The same on one line. */
export function fittedLine(text: string, max: number): string {
  return fitted(text.replace(/\s+/g, ' '), max);
}
