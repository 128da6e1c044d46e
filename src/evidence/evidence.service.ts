import type { Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { HOUR, MINUTE } from '../kernel/vn-time';
import { withEventId } from '../observability/logger';
import type { NewEvidence } from './evidence';
import type { EvidenceRepo } from './evidence.repo';
import type { FetchMedia } from './fetch-media';
import { withoutMetadata } from './without-metadata';

/** The part of the media store that evidence needs. */
export interface EvidenceMedia {
  put(bytes: Buffer, extension: string): Promise<string>;
}

export interface EvidenceDeps {
  readonly repo: EvidenceRepo;
  readonly media: EvidenceMedia;
  readonly fetchMedia: FetchMedia;
  readonly clock: Clock;
  readonly log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
  };
}

/** Pauses between tries; after the last one a piece is given up. The messenger's own copy does not last much longer. */
const PAUSES = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR];
/** A fetch that was begun is left alone for so long; a process may have died with it. */
const IN_HAND_MS = MINUTE;
const SWEEP_MAX = 50;
const SIDE_BY_SIDE = 4;

/** A piece's id is that of its event, with its place behind. */
const eventOf = (id: string): string => id.replace(/:e\d+$/, '');

export type EvidenceService = ReturnType<typeof createEvidenceService>;

/** Keeps what people send beside their reports. */
export function createEvidenceService({ repo, media, fetchMedia, clock, log }: EvidenceDeps) {
  const inHand = new Set<Promise<void>>();
  let sweeping: Promise<void> | null = null;

  async function fetchOne(id: string): Promise<void> {
    try {
      await tryToFetch(id);
    } catch (error) {
      log.warn({ evidence: id, reason: messageOf(error) }, 'evidence could not be kept yet');
    }
  }

  async function tryToFetch(id: string): Promise<void> {
    const now = clock.now();
    const piece = await repo.take(id, now, new Date(now.getTime() + IN_HAND_MS));
    if (!piece || piece.url === null) return;
    const fetched = await fetchMedia(piece.url, piece.kind, piece.name);
    if (fetched.outcome === 'fetched') {
      const name = await media.put(withoutMetadata(fetched.bytes, fetched.extension), fetched.extension);
      await repo.kept(id, name, fetched.bytes.length);
      return;
    }
    const pause = PAUSES[piece.attempts - 1];
    const facts = { evidence: id, reason: fetched.reason, tries: piece.attempts };
    if (!fetched.again || pause === undefined) {
      await repo.lost(id, fetched.reason);
      log.warn(facts, 'evidence could not be fetched and was given up');
      return;
    }
    await repo.failed(id, fetched.reason, new Date(clock.now().getTime() + pause));
    log.info(facts, 'evidence could not be fetched yet');
  }

  /** In the background: nobody's answer waits for a picture. What goes wrong here is met again by the sweep. */
  function begin(ids: readonly string[]): void {
    const work = fetchAll(ids);
    inHand.add(work);
    void work.finally(() => inHand.delete(work));
  }

  async function fetchAll(ids: readonly string[]): Promise<void> {
    const waiting = [...ids];
    const lane = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const piece = id;
        await withEventId(eventOf(piece), () => fetchOne(piece));
      }
    };
    await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, waiting.length) }, lane));
  }

  return {
    /** Records the pieces durably and begins to fetch them. The same pieces again change nothing. */
    async keep(pieces: readonly NewEvidence[]): Promise<void> {
      await repo.add(pieces);
      begin(pieces.map(({ id }) => id));
    },

    /** Tries again what could not be fetched, and what a crash has left. */
    sweep(): Promise<void> {
      sweeping ??= repo
        .due(clock.now(), SWEEP_MAX)
        .then(fetchAll)
        .finally(() => {
          sweeping = null;
        });
      return sweeping;
    },

    /** Resolves when no fetch is under way in this process. */
    async settled(): Promise<void> {
      while (inHand.size > 0) await Promise.all(inHand);
    },

    of: repo.of,
    ofAll: repo.ofAll,

    /** See the repository: voices go, the office's papers stay without their sender. */
    unname: (person: UserKey, stand: UserKey): Promise<string[]> => repo.unname(person, stand),
  };
}
