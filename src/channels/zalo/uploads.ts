/**
 * Files of ours as Zalo holds them. Each is uploaded once in six days, whoever asks; what Zalo would not take is found out
 * before the call, since uploads are counted by the month.
 */
import type { Clock } from '../../kernel/clock';
import { isAppError, messageOf } from '../../kernel/errors';
import type { Logger } from '../../observability/logger';
import type { Caller } from './api/caller';
import { uploadFile, type UploadKind } from './api/uploads';
import type { AssetRepo } from './assets.repo';
import type { ApiAnswer } from './openapi';

/** Where the bytes come from; throws `not_found` for a name nobody knows. */
export interface MediaReader {
  read(name: string): Promise<{ readonly bytes: Buffer; readonly name: string }>;
}

export type Uploaded =
  | { readonly outcome: 'asset'; readonly asset: string }
  /** Nothing Zalo would take; a reason of `zalo:reasons`. */
  | { readonly outcome: 'unfit'; readonly reason: 'file_missing' | 'file_kind' | 'file_size' }
  /** Zalo's answer to the upload: the file is not there, whatever it says. */
  | { readonly outcome: 'failed'; readonly answer: ApiAnswer }
  /** Our own store could not be read now. */
  | { readonly outcome: 'later' };

export interface Uploads {
  /** `shownAs`: the name a person sees, for documents. Throws what the tokens throw. */
  assetOf(kind: UploadKind, file: string, shownAs?: string): Promise<Uploaded>;
  /** Zalo threw it away before its time: the next `assetOf` uploads again. */
  forget(kind: UploadKind, file: string, asset: string, shownAs?: string): Promise<void>;
}

export interface UploadsOptions {
  readonly caller: Caller;
  readonly assets: AssetRepo;
  readonly media: MediaReader;
  readonly clock: Clock;
  readonly log: Logger;
}

const MB = 1024 * 1024;
const RULES: Readonly<
  Record<UploadKind, { readonly max: number; readonly types: Readonly<Record<string, string>> }>
> = {
  image: { max: MB, types: { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' } },
  file: {
    max: 5 * MB,
    types: {
      pdf: 'application/pdf',
      doc: 'application/msword',
      docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      csv: 'text/csv',
    },
  },
};
const SHOWN_MAX = 120;

export function createUploads(options: UploadsOptions): Uploads {
  const underWay = new Map<string, Promise<Uploaded>>();
  return {
    async assetOf(kind, file, shownAs) {
      const key = keyOf(kind, file, shownAs);
      const going = underWay.get(key);
      if (going) return going;
      const promise = assetOf(options, key, kind, file, shownAs).finally(() => underWay.delete(key));
      underWay.set(key, promise);
      return promise;
    },
    forget: (kind, file, asset, shownAs) =>
      quietly(options, () => options.assets.forget(keyOf(kind, file, shownAs), asset), undefined),
  };
}

/** Files are named by their content, so the name stands for it. A document is also what it is called. */
function keyOf(kind: UploadKind, file: string, shownAs = ''): string {
  return `${kind}:${file}${shownAs === '' ? '' : `:${shownName(file, shownAs)}`}`;
}

async function assetOf(
  options: UploadsOptions,
  key: string,
  kind: UploadKind,
  file: string,
  shownAs: string | undefined,
): Promise<Uploaded> {
  const { types } = RULES[kind];
  const extension = extensionOf(file);
  const type = Object.hasOwn(types, extension) ? types[extension] : undefined;
  if (type === undefined) return { outcome: 'unfit', reason: 'file_kind' };
  const known = await quietly(options, () => options.assets.find(key, options.clock.now()), null);
  if (known !== null) return { outcome: 'asset', asset: known };
  const bytes = await read(options, file);
  if (bytes === null || bytes === 'later')
    return bytes === null ? { outcome: 'unfit', reason: 'file_missing' } : { outcome: 'later' };
  if (bytes.length === 0 || bytes.length > RULES[kind].max) return { outcome: 'unfit', reason: 'file_size' };
  const name = shownName(file, shownAs ?? file);
  const { asset, answer } = await uploadFile(options.caller, kind, { name, type, bytes });
  if (asset === null)
    return answer.outcome === 'ok'
      ? { outcome: 'unfit', reason: 'file_kind' }
      : { outcome: 'failed', answer };
  await quietly(options, () => options.assets.keep(key, asset, options.clock.now()), undefined);
  return { outcome: 'asset', asset };
}

async function read(options: UploadsOptions, file: string): Promise<Buffer | null | 'later'> {
  try {
    return (await options.media.read(file)).bytes;
  } catch (error) {
    if (isAppError(error, 'not_found')) return null;
    options.log.error({ reason: messageOf(error) }, 'a file to send could not be read');
    return 'later';
  }
}

/** Without the book of uploads there is only an upload more: no reason to keep a message waiting. */
async function quietly<T>(options: UploadsOptions, ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    options.log.warn({ reason: messageOf(error) }, 'the book of uploads could not be read or written');
    return otherwise;
  }
}

/** Zalo takes the kind of a file from the end of its name, so that end is the file's own. */
function shownName(file: string, shownAs: string): string {
  const extension = extensionOf(file);
  const name = shownAs.normalize('NFC').replace(/[\p{Cc}\p{Cs}/\\]/gu, '_');
  const stem = name.toLowerCase().endsWith(`.${extension}`) ? name.slice(0, -extension.length - 1) : name;
  return `${Array.from(stem.trim() || 'file')
    .slice(0, SHOWN_MAX)
    .join('')}.${extension}`;
}

function extensionOf(file: string): string {
  return /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
}
