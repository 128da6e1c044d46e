import type { Json } from '../../conversation/dialog';

/** Answers of one message that are still to be asked about, as they wait in the talk. */

/** A value that must be asked about before it is recorded. */
export type QueueItem =
  | {
      readonly figure: string;
      readonly kind: 'confirm';
      readonly value: number;
      readonly why: string;
      readonly typed: string;
    }
  | { readonly figure: string; readonly kind: 'zero'; readonly typed: string }
  | {
      readonly figure: string;
      readonly kind: 'odd';
      readonly value: number;
      readonly low: number;
      readonly high: number;
      readonly suggestion: number | null;
      readonly needsReason: boolean;
      /** Less than before. */
      readonly fell?: true;
    };

export function readQueue(slots: Readonly<Record<string, Json>>): QueueItem[] {
  return (slots['queue'] as unknown as QueueItem[] | undefined) ?? [];
}

export function asSlot(queue: readonly QueueItem[]): Json {
  return queue;
}
