import type { Connection } from 'mongoose';
import type { AuditService } from '../audit/audit.service';
import { systemClock, type Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { commaList } from '../kernel/lists';
import type { Logger } from '../observability/logger';
import type { OrgService } from '../org/org.service';
import type { Enqueue } from '../outbox/outbox-row';
import { evidenceEffects } from './chat/evidence-effects';
import { evidenceJobs } from './evidence.jobs';
import { createEvidenceRepo } from './evidence.repo';
import { createEvidenceService } from './evidence.service';
import { createFetchMedia } from './fetch-media';
import { createShowPieces } from './show-pieces';
import type { MediaStore } from './media-store';
import { withoutMetadata } from './without-metadata';

export interface EvidenceModuleDeps {
  readonly config: { readonly ZALO_MEDIA_HOSTS: string; readonly ZALO_TIMEOUT_MS: number };
  readonly connection: Connection;
  readonly clock: Clock;
  readonly media: MediaStore;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly org: { readonly service: OrgService };
  readonly audit: { readonly service: AuditService };
  readonly outbox: { readonly enqueue: Enqueue };
}

/** Pictures and papers that people send: the parts of this folder, joined. */
export function openEvidence(deps: EvidenceModuleDeps) {
  const { config, connection, clock, media, log, org, audit, outbox } = deps;
  const origins: string[] = [];
  const repo = createEvidenceRepo(connection);
  const fetchMedia = createFetchMedia({
    hosts: commaList(config.ZALO_MEDIA_HOSTS.toLowerCase()),
    origins: () => origins,
    timeoutMs: Math.max(config.ZALO_TIMEOUT_MS, 20_000),
  });
  const service = createEvidenceService({ repo, media, fetchMedia, clock, log });
  const show = createShowPieces({ audit: audit.service, enqueue: outbox.enqueue });
  return {
    service,
    media,
    /** For files that go with something else than a report. */
    files: {
      fetch: fetchMedia,
      put: (bytes: Buffer, extension: string) => media.put(withoutMetadata(bytes, extension), extension),
      remove: async (name: string) => ((await repo.holds(name)) ? undefined : media.remove(name)),
    },
    show,
    effects: evidenceEffects({ evidence: service, org: org.service, show }),
    jobs: evidenceJobs(service),
    /** Sweeps what died half-written. `own`: the program's own address where pictures lie there too, as the simulator's do. */
    start(own: string | null): void {
      if (own !== null) origins.push(new URL(own).origin);
      media
        .sweepHalfWritten(systemClock.now())
        .catch((error: unknown) =>
          log.warn({ reason: messageOf(error) }, 'half-written media could not be swept'),
        );
    },
  };
}
