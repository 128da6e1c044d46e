import type { FiguresPlan } from '../reporting/figures-import';

/** What a fetch of a sheet gave, and what its sender is told of it. */

/** `again`: a later try can help. `reason`: one of a few fixed words. */
export type FetchedSheet =
  | { readonly outcome: 'fetched'; readonly bytes: Buffer; readonly extension: string }
  | { readonly outcome: 'failed'; readonly reason: string; readonly again: boolean };

export type SheetNews =
  | { readonly kind: 'not_fetched'; readonly reason: string }
  /** No row belongs to a form. */
  | { readonly kind: 'no_form' }
  | { readonly kind: 'which_form'; readonly forms: readonly string[] }
  /** What would come of it; with refused rows, or when it says nothing new, nothing, and it is over. */
  | { readonly kind: 'shown' | 'written'; readonly plan: FiguresPlan };
