import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/clock';
import { DAY } from '../../kernel/vn-time';
import type { FakeZaloState } from '../fake-zalo-state';
import type { ShownMedia } from '../fake-zalo-facts';
import type { MediaStore } from '../media-store';
import { newMessageId } from '../zalo-events';
import type { AccountContext } from './account';
import { OK, refuse, type ApiAnswer, type ApiCall, type Endpoints, type Refusal } from './answers';
import { monthOf } from './window';

/** Uploads: what may come in, for how long its id is good, and how many a month. The bytes themselves are not kept. */

export const UPLOAD_LIFE_MS = 7 * DAY;
const MB = 1_048_576;

export interface StoredUpload {
  readonly id: string;
  readonly kind: 'image' | 'gif' | 'file';
  readonly name: string;
  readonly size: number;
  readonly checksum: string;
  readonly at: number;
  readonly url: string;
}

const RULES = {
  image: { endings: ['jpg', 'jpeg', 'png'], max: MB, answer: 'attachment_id' },
  gif: { endings: ['gif'], max: 5 * MB, answer: 'attachment_id' },
  file: { endings: ['pdf', 'doc', 'docx', 'csv'], max: 5 * MB, answer: 'token' },
} as const;

export function createUploads(deps: {
  readonly state: FakeZaloState;
  readonly clock: Clock;
  readonly account: AccountContext;
  readonly media: MediaStore;
}) {
  const { state, clock, account } = deps;
  const stored = state.table<StoredUpload>('upload');
  const counts = state.table<{ count: number }>('uploads');

  function take(kind: StoredUpload['kind'], { file }: ApiCall): ApiAnswer {
    const now = clock.now();
    const month = monthOf(now);
    const count = counts.get(month)?.count ?? 0;
    if (count >= account.now.uploadsPerMonth) return refuse(-211, 'out of uploads of this month');
    counts.put(month, { count: count + 1 });
    if (!file) return refuse(-201, 'file is invalid');
    const rule = RULES[kind];
    const ending = /\.(\w+)$/.exec(file.name)?.[1]?.toLowerCase();
    if (ending === undefined) return { ...OK, data: {} };
    if (!(rule.endings as readonly string[]).includes(ending)) return refuse(-201, 'file format is invalid');
    if (file.bytes.length === 0) return refuse(-201, 'file is empty');
    if (file.bytes.length > rule.max) return refuse(-210, 'file exceeds its size limit');
    const id = `${newMessageId()}${newMessageId()}`;
    forgetOld(now.getTime());
    stored.put(id, {
      ...{ id, kind, name: file.name, size: file.bytes.length, at: now.getTime() },
      checksum: createHash('md5').update(file.bytes).digest('hex'),
      url: deps.media.keep(file.name, file.bytes),
    });
    return { ...OK, data: { [rule.answer]: id } };
  }

  function forgetOld(now: number): void {
    for (const upload of stored.all()) if (now - upload.at > UPLOAD_LIFE_MS) stored.drop(upload.id);
  }

  return {
    /** An id that is not known is one that has run out. */
    find(id: string, kind: StoredUpload['kind']): ShownMedia | Refusal {
      const upload = stored.get(id);
      const gone = !upload || clock.now().getTime() - upload.at >= UPLOAD_LIFE_MS;
      if (gone) return refuse(-100, kind === 'file' ? 'token is expired' : 'attachment_id is expired');
      if (upload.kind !== kind) return refuse(-201, 'attachment is of another kind');
      const { url, name, size, checksum } = upload;
      return { kind: upload.kind, url, name, size, checksum };
    },
    endpoints: {
      'POST /v2.0/oa/upload/image': (call) => take('image', call),
      'POST /v2.0/oa/upload/gif': (call) => take('gif', call),
      'POST /v2.0/oa/upload/file': (call) => take('file', call),
    } satisfies Endpoints,
  };
}
