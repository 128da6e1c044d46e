/**
 * A pure function of a text that is asked about the same texts again and again within a turn: what it found is kept for
 * the last few texts, and as long as they are asked about. What is found must not be changed by whoever gets it. Long
 * texts are rare and are not kept.
 */
const LONGEST = 200;

export function remembered<T>(find: (text: string) => T, most: number): (text: string) => T {
  let lately = new Map<string, T>();
  let before = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return find(text);
    const known = lately.get(text);
    if (known !== undefined || lately.has(text)) return known as T;
    const found = before.has(text) ? (before.get(text) as T) : find(text);
    if (lately.size >= most / 2) {
      before = lately;
      lately = new Map();
    }
    lately.set(text, found);
    return found;
  };
}
