import { newMessageId } from '../zalo-events';
import { day, type ZaloTemplate } from './templates';

/** How Zalo writes states, times, phone numbers and samples of template messages. */

/** The states of the filter; the last is one that Zalo takes and does not explain. */
export const STATES = new Map([
  ['1', 'ENABLE'],
  ['2', 'PENDING_REVIEW'],
  ['3', 'REJECT'],
  ['4', 'DISABLE'],
  ['5', 'DELETE'],
]);

/** As text or as number; within the quota unless said otherwise. */
export function sendingMode(body: Readonly<Record<string, unknown>>): unknown {
  const raw = body['sending_mode'] ?? '1';
  return typeof raw === 'number' ? String(raw) : raw;
}

/** Ids of templates are sent as text or as number. */
export function idOf(raw: unknown): unknown {
  return typeof raw === 'number' ? String(raw) : raw;
}

export function isTime(value: unknown): boolean {
  return /^\d{13}$/.test(String(value));
}

/** As `84…`; null: no phone number. */
export function normalPhone(raw: unknown): string | null {
  if (typeof raw !== 'string') return null;
  const digits = /^(?:\+?84|0)?([1-9]\d{8})$/.exec(raw.trim())?.[1];
  return digits === undefined ? null : `84${digits}`;
}

export function sampleOf(template: ZaloTemplate, now: Date): Readonly<Record<string, string>> {
  const values = { DATE: day(now), NUMBER: '1', STRING: newMessageId().slice(0, 5) };
  const value = (type: keyof typeof values): string => values[type];
  return Object.fromEntries(
    (template.params ?? []).map((param) =>
      typeof param === 'string'
        ? [param, value('STRING')]
        : [param.name, value(param.type ?? 'STRING').slice(0, param.maxLength ?? 400)],
    ),
  );
}

/** Whether a path is one of the host of messages by phone, which has error numbers of its own. */
export function isByPhone(path: string): boolean {
  return !/^\/v\d\.0\//.test(path);
}
