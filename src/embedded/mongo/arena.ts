/**
 * Where the bytes of stored documents are kept: small ones packed into slabs of their own, so that a stored document
 * never holds on to the much bigger buffer it arrived in.
 */
const SLAB_BYTES = 16 * 1024;
const LARGEST_PACKED = 4 * 1024;

let slab = new Uint8Array(SLAB_BYTES);
let used = 0;

/** A copy of the bytes that nothing else shares. */
export function keepBytes(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  if (length > LARGEST_PACKED) return Uint8Array.prototype.slice.call(bytes);
  if (used + length > SLAB_BYTES) {
    slab = new Uint8Array(SLAB_BYTES);
    used = 0;
  }
  const kept = slab.subarray(used, used + length);
  kept.set(bytes);
  used += length;
  return kept;
}
