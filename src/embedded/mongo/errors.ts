import type { Doc } from './bson-values';

/**
 * Refusals in MongoDB's own shape, so that drivers and mongoose see the codes they know. Whatever the embedded store
 * does not implement is refused through `unsupported`; nothing is ever ignored in silence.
 */
export class CommandError extends Error {
  /** `details` are added to the reply as they stand, such as `keyPattern` of a duplicate key. */
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
    readonly details: Doc = {},
  ) {
    super(message);
    this.name = 'CommandError';
  }
}

export function badValue(message: string): CommandError {
  return new CommandError(2, 'BadValue', message);
}

export function failedToParse(message: string): CommandError {
  return new CommandError(9, 'FailedToParse', message);
}

export function typeMismatch(message: string): CommandError {
  return new CommandError(14, 'TypeMismatch', message);
}

export function immutableId(): CommandError {
  return new CommandError(
    66,
    'ImmutableField',
    `Performing an update on the path '_id' would modify the immutable field '_id'`,
  );
}

/** For everything a MongoDB would understand and this store does not. `code` is MongoDB's own for an unknown word of that kind. */
export function unsupported(what: string, code = 115, codeName = 'CommandNotSupported'): CommandError {
  return new CommandError(code, codeName, `${what} is not supported by the embedded store`);
}

/** The file of the log cannot be written. The store refuses writes until it can. */
export function cannotWrite(cause: unknown): CommandError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? 'error';
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new CommandError(
    full ? 14031 : 96,
    full ? 'OutOfDiskSpace' : 'OperationFailed',
    full
      ? `The embedded store cannot write because the disk is full (${code}); writes are taken again once there is space`
      : `The embedded store cannot write to its folder (${code}); writes are taken again once it can`,
  );
}
