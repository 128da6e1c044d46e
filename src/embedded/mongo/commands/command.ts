import type { Doc } from '../bson-values';
import type { Cursors } from '../cursors';
import type { Engine } from '../engine';

/** What a command is given, and what it gives back: a document, or a message already written. */
export interface CommandContext {
  readonly engine: Engine;
  readonly cursors: Cursors;
  readonly command: Doc;
  /** Documents of an insert as the bytes they came in; null when they stand in the command itself. */
  readonly documents: readonly Uint8Array[] | null;
  /** The secret of whoever may use this store. */
  readonly token: string;
}

export interface Command {
  /** A writing command is refused while the disk is, and answered only when its changes are on the disk. */
  readonly writes: boolean;
  run(context: CommandContext): Doc | Buffer;
}
