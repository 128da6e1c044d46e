import { realFiles, type LogFiles } from '../../../../src/embedded/mongo/log-files';

/** The real file system with faults to order: a full disk, a disk that fails to sync, writes that come up short. */
export class FaultyDisk {
  /** Bytes that may still be written; null means as many as wanted. */
  space: number | null = null;
  /** Code with which syncing fails; null means it does not. */
  syncFault: string | null = null;
  /** No single write takes more than this. */
  mostPerWrite = Infinity;
  syncs = 0;

  readonly files: LogFiles = {
    ...realFiles,
    write: (fd, bytes, at) => {
      const room = this.space ?? Infinity;
      if (room <= 0) throw fault('ENOSPC');
      const count = realFiles.write(
        fd,
        bytes.subarray(0, Math.min(bytes.length, room, this.mostPerWrite)),
        at,
      );
      if (this.space !== null) this.space -= count;
      return count;
    },
    syncData: async (fd) => {
      this.syncs++;
      if (this.syncFault !== null) throw fault(this.syncFault);
      await realFiles.syncData(fd);
    },
  };
}

function fault(code: string): Error {
  return Object.assign(new Error(`${code}: ordered by the test`), { code });
}
