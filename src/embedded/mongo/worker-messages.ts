import type { EngineWarning } from './engine';

/** What the store's thread and its parent say to each other. */
export interface WorkerStart {
  readonly folder: string;
  readonly port: number | null;
  readonly token: string;
  readonly compactBytes?: number;
  readonly retryMs?: number;
}

export type ToWorker =
  | { readonly kind: 'sweep'; readonly request: number; readonly now: number }
  | { readonly kind: 'stop' };

export type ToParent =
  | { readonly kind: 'ready'; readonly at: string | number; readonly empty: boolean }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | null }
  | { readonly kind: 'warning'; readonly warning: EngineWarning }
  | { readonly kind: 'fault'; readonly message: string; readonly code: string | null }
  | { readonly kind: 'swept'; readonly request: number; readonly removed: number }
  | { readonly kind: 'stopped' };
