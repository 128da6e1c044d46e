import type { SentSheets } from '../../src/sheets/sent-sheets';

/** Sheets sent in chat as a reader sees them where there are none: for measurements and small worlds of talk. */
export const NO_SHEETS: Pick<SentSheets, 'shownTo' | 'get'> = {
  shownTo: async () => null,
  get: async () => null,
};
