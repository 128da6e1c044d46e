/** A document that the store refused out of a write of many. */
export interface RefusedWrite {
  /** Its place among those handed in. */
  readonly index: number;
  readonly code: number;
  /** The store's words, without the document itself. */
  readonly message: string;
}

/**
 * The documents of a bulk write that were refused, read from what it threw; the others were written. None when the
 * write failed as a whole: an error that names no document (a full disk, a lost server) stored nothing of it.
 */
export function refusedWrites(error: unknown): RefusedWrite[] {
  const { writeErrors = [] } = error as { writeErrors?: unknown };
  const refused = (Array.isArray(writeErrors) ? writeErrors : [writeErrors]) as {
    index: number;
    code: number;
    errmsg?: string;
  }[];
  return refused.map(({ index, code, errmsg = '' }) => ({ index, code, message: errmsg }));
}

/** Whether a unique key was taken already; says it of a thrown error and of one refused document alike. */
export function isDuplicate(error: unknown): boolean {
  return (error as { code?: unknown }).code === 11000;
}
