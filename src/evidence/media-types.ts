import type { EvidenceKind } from './evidence';

/** What content is kept for which kind, and under which extension. Anything else is refused, web pages above all. */
const BY_TYPE: Readonly<
  Record<string, { readonly extension: string; readonly kinds: readonly EvidenceKind[] }>
> = {
  'image/jpeg': { extension: 'jpg', kinds: ['image', 'file'] },
  'image/jpg': { extension: 'jpg', kinds: ['image', 'file'] },
  'image/png': { extension: 'png', kinds: ['image', 'file'] },
  'image/webp': { extension: 'webp', kinds: ['image', 'file'] },
  'image/gif': { extension: 'gif', kinds: ['image', 'file'] },
  'image/heic': { extension: 'heic', kinds: ['image', 'file'] },
  'audio/amr': { extension: 'amr', kinds: ['audio', 'file'] },
  'audio/aac': { extension: 'aac', kinds: ['audio', 'file'] },
  'audio/x-aac': { extension: 'aac', kinds: ['audio', 'file'] },
  'audio/mpeg': { extension: 'mp3', kinds: ['audio', 'file'] },
  'audio/mp4': { extension: 'm4a', kinds: ['audio', 'file'] },
  'audio/ogg': { extension: 'ogg', kinds: ['audio', 'file'] },
  'video/mp4': { extension: 'mp4', kinds: ['video', 'file'] },
  'application/pdf': { extension: 'pdf', kinds: ['file'] },
  'application/msword': { extension: 'doc', kinds: ['file'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    extension: 'docx',
    kinds: ['file'],
  },
  'application/vnd.ms-excel': { extension: 'xls', kinds: ['file'] },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { extension: 'xlsx', kinds: ['file'] },
  'text/csv': { extension: 'csv', kinds: ['file'] },
};
/** Servers of media often name no better type; then the kind, or the file's own name, must do. */
const UNSAID = /^(?:application|binary)\/octet-stream$|^text\/plain$|^$/;
const BY_KIND: Readonly<Record<EvidenceKind, string | null>> = {
  image: 'jpg',
  audio: 'amr',
  video: 'mp4',
  file: null,
};
const FILE_EXTENSIONS = new Set(Object.values(BY_TYPE).map(({ extension }) => extension));

/** The extension to keep it under; null when content of this type is not kept. */
export function extensionOf(kind: EvidenceKind, contentType: string, name: string | null): string | null {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const known = Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;
  if (known) return known.kinds.includes(kind) ? known.extension : null;
  if (!UNSAID.test(type)) return null;
  const own = /\.([a-z0-9]{1,5})$/i.exec(name ?? '')?.[1]?.toLowerCase();
  if (kind === 'file') return own !== undefined && FILE_EXTENSIONS.has(own) ? own : null;
  return BY_KIND[kind];
}
