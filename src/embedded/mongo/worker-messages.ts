import type { EngineWarning } from './engine';

/** What the store's thread is given and says; the only thing it is told is to stop. */
export interface WorkerStart {
  readonly folder: string;
  readonly port: number | null;
  readonly token: string;
  readonly compactBytes?: number;
  readonly retryMs?: number;
}

export type ToParent =
  | { readonly kind: 'ready'; readonly at: string | number; readonly empty: boolean }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | null }
  | { readonly kind: 'warning'; readonly warning: EngineWarning }
  | { readonly kind: 'fault'; readonly message: string; readonly code: string | null }
  | { readonly kind: 'stopped' };
