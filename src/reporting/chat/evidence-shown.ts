import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { Facts } from './report-facts';

/** A picture of the report that is kept, with the figure that was asked when it came. */
export interface ShownPicture {
  /** Its name in the media store. */
  readonly media: string;
  readonly figure: string | null;
  readonly at: Date;
}

/** As many as an officer looks through. */
const SHOWN = 4;

/** The newest pictures that came beside the report, the oldest of them first. */
export async function picturesOf(turn: Turn<DialogDeps>, { key }: Facts): Promise<ShownPicture[]> {
  const all = await turn.deps.evidence.ofReport(key);
  return all
    .flatMap(({ kind, media, figure, at }) =>
      kind === 'image' && media !== null ? [{ media, figure, at }] : [],
    )
    .slice(-SHOWN);
}
