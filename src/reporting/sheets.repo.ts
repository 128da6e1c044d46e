import type { Connection } from 'mongoose';
import { sheetModel, type SheetDoc } from './sheets.model';

export type SheetsRepo = ReturnType<typeof createSheetsRepo>;

/** Which sheets were read in, so that the running program notices what another one wrote and tells whom it concerns. */
export function createSheetsRepo(connection: Connection) {
  const rows = sheetModel(connection).collection;
  return {
    /** Kept for good; read in again, the units that are told are those of both times. */
    async add({ _id, units, ...sheet }: Omit<SheetDoc, 'fresh'>): Promise<void> {
      await rows.updateOne(
        { _id: _id as never },
        { $set: { ...sheet, fresh: true }, $push: { units: { $each: units } } } as never,
        { upsert: true },
      );
    },

    async fresh(): Promise<SheetDoc[]> {
      return (await rows.find({ fresh: true }).toArray()) as unknown as SheetDoc[];
    },

    async seen(id: string): Promise<void> {
      await rows.updateOne({ _id: id as never }, { $unset: { fresh: '' } });
    },
  };
}
