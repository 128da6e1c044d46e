import type { UserKey } from '../kernel/ids';
import { isSecretName, isStamped } from './secret-mark';

/**
 * A file that goes with a directive: attached in chat to its draft, frozen when it is issued, sent to whoever asks for it
 * among those who may see the directive. This file says what fits; `annexes` keeps and sends. Pure.
 */

/** `waiting`: its bytes are to be fetched. `kept`: it travels. `refused`: it does not, and whoever attached it was told why. */
export type AnnexState = 'waiting' | 'kept' | 'refused';
/** `link`: an address that was typed, for what is too large to be sent. */
export type AnnexKind = 'file' | 'image' | 'link';

export interface NewAnnex {
  /** `<eventId>:a<n>` */
  readonly id: string;
  readonly directive: string;
  readonly kind: AnnexKind;
  /** As its sender called it, masked; of a link, the address. */
  readonly name: string;
  /** Where the messenger keeps it for now; of a link, the address. */
  readonly url: string;
  /** The unit whose draft it was attached to: it travels with no other's. */
  readonly from: string;
  readonly by: UserKey;
  /** Arrival of the message. */
  readonly at: Date;
}

export interface Annex extends Omit<NewAnnex, 'url'> {
  readonly state: AnnexState;
  /** Null once its bytes are here or given up. */
  readonly url: string | null;
  /** Name in the media store; null unless kept as bytes. */
  readonly media: string | null;
  readonly bytes: number | null;
  readonly attempts: number;
}

/** Why a file does not travel: each is a sentence of `directives:annex.refused`. */
export type AnnexFault =
  | 'secret'
  | 'too_large'
  | 'picture_too_large'
  | 'wrong_kind'
  | 'not_fetched'
  | 'too_many';

const MB = 1024 * 1024;
/** What Zalo hands on: documents up to 5 MB, pictures up to 1 MB. */
const LIMITS: Readonly<Record<AnnexKind, number>> = { file: 5 * MB, image: MB, link: 0 };
const KINDS: Readonly<Record<AnnexKind, readonly string[]>> = {
  file: ['pdf', 'doc', 'docx', 'csv'],
  image: ['jpg', 'jpeg', 'png'],
  link: [],
};
/** Files with one directive: more are no longer opened on a phone. */
export const ANNEXES_MAX = 3;

/** Those that travel with the directive. */
export function travelling<A extends Pick<Annex, 'from' | 'state'>>(
  all: readonly A[],
  directive: { readonly from: string },
): A[] {
  return all.filter(({ from, state }) => from === directive.from && state === 'kept');
}

export const extensionIn = (name: string): string =>
  /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** What is wrong with it by its name and size alone; null: nothing so far. `bytes` null: not known yet. */
export function annexFault(kind: AnnexKind, name: string, bytes: number | null): AnnexFault | null {
  if (isSecretName(name)) return 'secret';
  if (kind === 'link') return null;
  if (kind === 'file' && !KINDS.file.includes(extensionIn(name))) return 'wrong_kind';
  if (bytes !== null && bytes > LIMITS[kind]) return kind === 'image' ? 'picture_too_large' : 'too_large';
  return null;
}

/** What is wrong with what was fetched; `paragraphs` is what could be read in it, null where nothing can be. */
export function contentFault(
  kind: AnnexKind,
  name: string,
  content: { readonly extension: string; readonly bytes: number; readonly paragraphs: string | null },
): AnnexFault | null {
  if (!KINDS[kind].includes(content.extension)) return 'wrong_kind';
  if (content.paragraphs !== null && isStamped(content.paragraphs)) return 'secret';
  return annexFault(kind, name, content.bytes);
}
