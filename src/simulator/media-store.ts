import { randomBytes } from 'node:crypto';

/**
 * Pictures, voice notes and files that went through the fake, served by it to whoever has the address, as Zalo's own
 * store does. It keeps the last ones only, within a bound of memory; what is older answers 404, as media of Zalo do in time.
 */
export class MediaStore {
  /** Where it can be reached from; set when the address of the fake is known. */
  base = '';
  private readonly kept = new Map<string, { readonly name: string; readonly bytes: Buffer }>();
  private size = 0;

  constructor(private readonly bytesMax = 48 * 1_048_576) {}

  /** Answers the address of what was kept. */
  keep(name: string, bytes: Buffer): string {
    const id = randomBytes(12).toString('hex');
    this.kept.set(id, { name, bytes });
    this.size += bytes.length;
    for (const [old, { bytes: freed }] of this.kept) {
      if (this.size <= this.bytesMax || old === id) break;
      this.kept.delete(old);
      this.size -= freed.length;
    }
    return `${this.base}/media/${id}/${encodeURIComponent(name)}`;
  }

  find(id: string): { readonly name: string; readonly bytes: Buffer } | undefined {
    return this.kept.get(id);
  }
}
