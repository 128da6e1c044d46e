import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { NewSentSheet } from '../sent-sheet';
import type { SentSheets, SheetAct } from '../sent-sheets';

/** A sheet came, to be read beside the talk. */
export interface TakeSheet extends Effect {
  readonly kind: 'sheet.take';
  readonly sheet: NewSentSheet;
}

/** What its sender wants done with a sheet that was shown. */
export interface ActOnSheet extends Effect {
  readonly kind: 'sheet.act';
  readonly sheet: string;
  readonly by: UserKey;
  readonly at: Date;
  readonly act: SheetAct;
}

export type SheetEffect = TakeSheet | ActOnSheet;

/** Rights for the units of its rows are asked where the sheet is read and where it is written. */
export function sheetEffects(sheets: Pick<SentSheets, 'take' | 'act'>): EffectHandlers<SheetEffect> {
  return {
    async 'sheet.take'({ sheet }) {
      await sheets.take(sheet);
      return 'done';
    },
    'sheet.act': async ({ sheet, by, act, at }) =>
      (await sheets.act(sheet, by, act, at)) ? 'done' : 'conflict',
  };
}
