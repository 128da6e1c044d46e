/** A small seeded generator (mulberry32): the same seed, the same chances. */
export function seededChances(seed: number): (share: number) => boolean {
  let a = seed >>> 0;
  return (share) => {
    if (share <= 0) return false;
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296 < share;
  };
}
