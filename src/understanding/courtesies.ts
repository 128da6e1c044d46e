/**
 * The message with ever more courtesies taken off its begin and its end, so that none of them can eat a part of what is
 * meant. The whole message comes first; no form stands twice. Pure.
 */
export function withoutCourtesies(text: string, before: RegExp, after: RegExp): string[] {
  const out = new Set<string>();
  for (const begin of peeled(text, before)) for (const form of peeled(begin, after)) out.add(form);
  return [...out];
}

function peeled(text: string, pattern: RegExp): string[] {
  const out = [text];
  for (
    let next = text.replace(pattern, '');
    next !== '' && next !== out.at(-1);
    next = next.replace(pattern, '')
  )
    out.push(next);
  return out;
}
