import { asText } from '../json';
import type { ApiAnswer, UploadFile } from '../openapi';
import { PATHS } from '../wire';
import type { Caller } from './caller';

export type UploadKind = 'image' | 'file';

const WAYS = {
  image: { path: PATHS.uploadImage, field: 'attachment_id' },
  file: { path: PATHS.uploadFile, field: 'token' },
} as const;

/** `asset` is null when Zalo gave none; it then also gives none with `ok`, when it did not like the name. Safe to repeat. */
export async function uploadFile(
  caller: Caller,
  kind: UploadKind,
  file: UploadFile,
): Promise<{ readonly asset: string | null; readonly answer: ApiAnswer }> {
  const { path, field } = WAYS[kind];
  const answer = await caller.call({ method: 'POST', path, file });
  return { asset: answer.outcome === 'ok' ? (asText(answer.data[field]) ?? null) : null, answer };
}
