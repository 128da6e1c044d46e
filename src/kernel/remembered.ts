/**
 * A pure function of a text that is asked about the same texts again and again within a turn: what it found is kept for
 * the last few texts. What is found must not be changed by whoever gets it. Long texts are rare and are not kept.
 */
const LONGEST = 200;

export function remembered<T>(find: (text: string) => T, most: number): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return find(text);
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as T;
    const found = find(text);
    if (known.size >= most) known.clear();
    known.set(text, found);
    return found;
  };
}
