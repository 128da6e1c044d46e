import type { Evidence } from './evidence';

/** Which pieces can be shown to an officer in chat, and why the others cannot. Pure. */

const MB = 1024 * 1024;
/** What the messenger takes from us: `zalo-openapi.md` on uploads. */
const TAKEN: Readonly<Record<'image' | 'file', { readonly types: readonly string[]; readonly max: number }>> =
  {
    image: { types: ['jpg', 'jpeg', 'png'], max: MB },
    file: { types: ['pdf', 'doc', 'docx', 'csv'], max: 5 * MB },
  };

/** A piece that can be sent on, and as what. */
export interface Showable {
  readonly piece: Evidence & { readonly media: string };
  readonly as: 'image' | 'file';
}

/** Null: not here yet, lost, too large, or of a kind that the messenger does not take from us. */
export function showable(piece: Evidence): Showable | null {
  const { media, bytes } = piece;
  if (piece.state !== 'kept' || media === null) return null;
  const type = media.split('.').at(-1) ?? '';
  const as = TAKEN.image.types.includes(type) ? 'image' : 'file';
  const fits = TAKEN[as].types.includes(type) && (bytes ?? 0) <= TAKEN[as].max;
  return fits ? { piece: { ...piece, media }, as } : null;
}

/** Pieces on one screen. */
export const PAGE = 4;

/** One screen of those that can be shown, how many come after it, and how many cannot be shown at all. */
export function pageOf<P extends Evidence>(
  pieces: readonly P[],
  page: number,
): { readonly shown: readonly P[]; readonly left: number; readonly hidden: number } {
  const known = pieces.filter((piece) => showable(piece) !== null);
  const end = (page + 1) * PAGE;
  return {
    shown: known.slice(page * PAGE, end),
    left: known.length - end,
    hidden: pieces.length - known.length,
  };
}
