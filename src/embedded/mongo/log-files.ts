import * as fs from 'node:fs';

/**
 * The few calls the log makes on the file system, in one place, so that a test can let a disk fill up, fail or write
 * short. Synchronous where the call only touches the page cache; waiting for the disk itself is not.
 */
export interface LogFiles {
  makeFolder(folder: string): void;
  list(folder: string): string[];
  read(file: string): Buffer;
  /** Opens for reading and writing, making the file when it is not there. */
  open(file: string): number;
  /** Writes at a place; answers how many bytes were written, which may be fewer than asked. */
  write(fd: number, bytes: Uint8Array, at: number): number;
  truncate(fd: number, length: number): void;
  /** Waits until the bytes of the file are on the disk. */
  syncData(fd: number): Promise<void>;
  /** The same in place, where nothing else may go on before. */
  syncDataNow(fd: number): void;
  close(fd: number): void;
  rename(from: string, to: string): void;
  remove(file: string): void;
  /** Whether the name still stands for the open file. */
  isThere(fd: number, file: string): boolean;
  /** Makes names in the folder as durable as the files. */
  syncFolder(folder: string): void;
}

/** Writes all of it, however little the disk takes at a time. */
export function writeWhole(files: LogFiles, fd: number, bytes: Uint8Array, at: number): void {
  for (let written = 0; written < bytes.length;) {
    const count = files.write(fd, bytes.subarray(written), at + written);
    if (count <= 0) throw Object.assign(new Error('the disk took no bytes'), { code: 'ENOSPC' });
    written += count;
  }
}

export const realFiles: LogFiles = {
  makeFolder: (folder) => {
    fs.mkdirSync(folder, { recursive: true });
  },
  list: (folder) => fs.readdirSync(folder),
  read: (file) => fs.readFileSync(file),
  open: (file) => fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600),
  write: (fd, bytes, at) => fs.writeSync(fd, bytes, 0, bytes.length, at),
  truncate: (fd, length) => fs.ftruncateSync(fd, length),
  syncData: (fd) =>
    new Promise((resolve, reject) => {
      fs.fdatasync(fd, (error) => (error ? reject(error) : resolve()));
    }),
  syncDataNow: (fd) => fs.fdatasyncSync(fd),
  close: (fd) => fs.closeSync(fd),
  rename: (from, to) => fs.renameSync(from, to),
  remove: (file) => fs.unlinkSync(file),
  isThere: (fd, file) => {
    const open = fs.fstatSync(fd);
    const found = fs.statSync(file, { throwIfNoEntry: false });
    return found?.ino === open.ino && found.dev === open.dev;
  },
  syncFolder: (folder) => {
    // Windows opens no folders; there the names are durable with the files.
    if (process.platform === 'win32') return;
    const fd = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  },
};
