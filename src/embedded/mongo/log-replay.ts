import { join } from 'node:path';
import { ACKNOWLEDGED, readAcknowledged } from './acknowledged';
import type { LogFiles } from './log-files';
import { isOfNewerFormat, looksTorn, readFrames, soundFrameAfter, type RecordKind } from './log-frames';
import { UnreadableLog } from './unreadable-log';

/**
 * Reads the store's folder: the newest snapshot, then the logs from there on. Frames are numbered in one row over all
 * files, a snapshot ends with an empty frame that has the number of the last frame in it, and a note says which frame was
 * the last to be acknowledged; so whatever is missing, doubled or changed is seen. Without the note the numbers still
 * count behind a snapshot of ours: earlier programs left some out, so that before one a gap proves no loss. It reads only:
 * a folder it does not understand is refused with `UnreadableLog` and left as it is, unless the operator says to go on.
 */
export type Replay = (kind: RecordKind, label: string, body: Buffer) => void;

export interface Replayed {
  /** The snapshot's generation, 0 without one. */
  readonly base: number;
  /** The log to go on in, which may not be there yet, and where its sound frames end. */
  readonly generation: number;
  readonly end: number;
  /** What stands behind that end: an unfinished write and zeros. */
  readonly rest: Buffer;
  readonly lastNumber: number;
  readonly snapshotBytes: number;
  readonly logBytes: number;
  /** No note was there, though there are frames: an earlier program wrote them, whose numbers mean nothing. */
  readonly unnoted: boolean;
  /** Nothing has ever been stored here. */
  readonly empty: boolean;
}

/** What the process that wrote the folder knows of it after a write that was refused, which may have left anything behind. */
export interface Known {
  /** How far the last log is read; behind it stands the refused write. */
  readonly until: number;
  /** The last acknowledged frame; null: none is noted. The note itself may be torn. */
  readonly acknowledged: number | null;
}

export function replayFolder(files: LogFiles, folder: string, replay: Replay, known?: Known): Replayed {
  const names = files.list(folder);
  const { until, acknowledged } = known ?? {
    until: Infinity,
    acknowledged: goesOn(names) ? null : readAcknowledged(files, folder, names),
  };
  const goOn = goesOn(names);
  const base = Math.max(0, ...generations(names, 'snapshot'));
  const logs = generations(names, 'log').filter((generation) => generation >= base);
  const row = new NumberRow(acknowledged !== null, !goOn);
  let snapshotBytes = 0;
  if (base > 0) {
    const file = files.read(join(folder, fileName('snapshot', base)));
    readSnapshot(fileName('snapshot', base), file, row, replay);
    snapshotBytes = file.length;
  }
  const gap = goOn ? null : missingLog(base, logs);
  if (gap !== null) throw missing(fileName('log', gap));
  let logBytes = 0;
  let end = 0;
  let rest: Buffer = Buffer.alloc(0);
  for (const [i, generation] of logs.entries()) {
    const isLast = i === logs.length - 1;
    const whole = files.read(join(folder, fileName('log', generation)));
    const file = isLast ? whole.subarray(0, until) : whole;
    end = readLog(fileName('log', generation), file, isLast, row, replay);
    rest = file.subarray(end);
    logBytes += end;
  }
  if (acknowledged !== null && row.last < acknowledged)
    throw new UnreadableLog(
      'log_incomplete',
      `${folder}: frame ${acknowledged} was acknowledged, the files end with frame ${row.last}`,
    );
  const generation = logs.at(-1) ?? Math.max(base, 1);
  const empty = row.frames === 0;
  const unnoted = acknowledged === null && !empty;
  return {
    ...{ base, generation, end, rest, snapshotBytes, logBytes, unnoted, empty },
    lastNumber: row.last,
  };
}

/** The generation of the first log that ought to be there and is not; null: none. */
function missingLog(base: number, logs: readonly number[]): number | null {
  if (logs.length === 0) return base > 0 ? base : null;
  const first = Math.max(base, 1);
  const at = logs.findIndex((generation, i) => generation !== first + i);
  return at < 0 ? null : first + at;
}

/** Sees to it that frames follow each other; not where an earlier program numbered them. */
class NumberRow {
  last = 0;
  frames = 0;

  constructor(
    private counts: boolean,
    private readonly mayCount: boolean,
  ) {}

  next(name: string, number: number): void {
    if (this.counts && number !== this.last + 1)
      throw new UnreadableLog('log_incomplete', `${name}: frame ${number} follows frame ${this.last}`);
    this.last = number;
    this.frames++;
  }

  /** A snapshot stands for all frames up to this one; null: an earlier program wrote it, and did not say. */
  standsFor(number: number | null): void {
    this.last = number ?? 0;
    if (number !== null) this.counts = this.mayCount;
  }

  /** Refuses a snapshot without its last frame, which earlier programs did not write. */
  demandEnd(name: string, ended: boolean): void {
    if (this.counts && !ended) throw new UnreadableLog('log_incomplete', `${name} has no last frame`);
  }
}

function readSnapshot(name: string, file: Buffer, row: NumberRow, replay: Replay): void {
  let through: number | null = null;
  const end = readFrames(file, {
    frame: (number, empty) => {
      if (through !== null) throw new UnreadableLog('log_damaged', `${name} goes on behind its last frame`);
      if (empty) through = number;
      else row.next(name, number);
    },
    record: replay,
  });
  if (end !== file.length || end === 0) throw unreadable(name, file, end);
  row.demandEnd(name, through !== null);
  row.standsFor(through);
}

/** Answers where the sound frames end; only the last log may have something unfinished behind them. */
function readLog(name: string, file: Buffer, isLast: boolean, row: NumberRow, replay: Replay): number {
  const end = readFrames(file, { frame: (number) => row.next(name, number), record: replay });
  if (end === file.length) return end;
  if (!isLast || isOfNewerFormat(file, end) || soundFrameAfter(file, end) || !looksTorn(file, end))
    throw unreadable(name, file, end);
  return end;
}

function unreadable(name: string, file: Buffer, at: number): UnreadableLog {
  return new UnreadableLog(isOfNewerFormat(file, at) ? 'log_newer' : 'log_damaged', `${name} at byte ${at}`);
}

function missing(name: string): UnreadableLog {
  return new UnreadableLog('log_incomplete', `${name} is missing`);
}

export function fileName(kind: 'log' | 'snapshot', generation: number): string {
  return `${kind}-${generation}.bin`;
}

/** The files that a snapshot of this generation makes superfluous, and those left half-written; what was cut off a log stays for whoever looks. */
export function leftovers(names: readonly string[], base: number): string[] {
  return names.filter((name) => {
    const [, generation] = /^(?:log|snapshot)-(\d+)\.bin$/.exec(name) ?? [];
    return name.endsWith('.tmp') || (generation !== undefined && Number(generation) < base);
  });
}

/** Laid into the folder by an operator who wants to open what is left of it. */
const GO_ON = 'go-on-with-what-is-left';

function goesOn(names: readonly string[]): boolean {
  return names.includes(GO_ON);
}

/** What was left is in order in a snapshot, the former note means nothing any more: whatever is missing is refused again. */
export function endGoOn(files: LogFiles, folder: string): void {
  const names = files.list(folder);
  if (!goesOn(names)) return;
  for (const name of [ACKNOWLEDGED, GO_ON]) {
    if (names.includes(name)) files.remove(join(folder, name));
    files.syncFolder(folder);
  }
}

/** The generations of the files of a kind, ascending. */
function generations(names: readonly string[], kind: 'log' | 'snapshot'): number[] {
  const found: number[] = [];
  for (const name of names) {
    const match = new RegExp(`^${kind}-(\\d+)\\.bin$`).exec(name);
    if (match) found.push(Number(match[1]));
  }
  return found.sort((a, b) => a - b);
}
