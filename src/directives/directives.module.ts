import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { OrgDirectory } from '../org/directory';
import type { OrgService } from '../org/org.service';
import { readUnitTags } from '../org/seed/tags';
import type { ConditionOwner } from '../outbox/outbox-row';
import { afterRest } from '../outbox/policy';
import type { AnnexFiles } from './annexes';
import type { ShowPieces } from '../evidence/show-pieces';
import { DirectiveEvidence, type KeptEvidence } from './directive-evidence';
import { createAnnexesRepo } from './annexes.repo';
import { directiveEffects } from './chat/directive-effects';
import type { DirectivesDeps } from './deps';
import { createDirectives } from './directives';
import { directiveJobs } from './directives.jobs';
import { createDirectivesRepo } from './directives.repo';
import { Offices } from './offices';

export interface DirectivesModuleDeps {
  readonly config: {
    readonly PILOT_COMMUNES: readonly string[];
    readonly REMIND_AT: { readonly hour: number; readonly minute: number };
  };
  readonly connection: Connection;
  readonly calendars: { readonly work: WorkCalendar };
  readonly org: { readonly directory: OrgDirectory; readonly service: OrgService };
  readonly outbox: DirectivesDeps['outbox'] & {
    readonly rows: DirectivesDeps['rows'];
    readonly rules: Parameters<typeof afterRest>[0];
    readonly conditions: { owns(kind: 'directive_open' | 'directive_key', owner: ConditionOwner): void };
  };
  readonly stuck: DirectivesDeps['stuck'];
  readonly audit: { readonly service: DirectivesDeps['audit'] };
  readonly wordsFor: (user: UserKey) => Words;
  readonly evidence: {
    readonly files: AnnexFiles;
    readonly service: Pick<KeptEvidence, 'ofAll'>;
    readonly show: ShowPieces;
  };
  readonly clock: DirectivesDeps['clock'];
  readonly log: DirectivesDeps['log'];
}

/** Orders from above and what becomes of them: the parts of this folder, joined. */
export function openDirectives(deps: DirectivesModuleDeps) {
  const { config, connection, org, outbox, wordsFor } = deps;
  const repo = createDirectivesRepo(connection);
  const annexesRepo = createAnnexesRepo(connection);
  const offices = new Offices(org.directory);
  const parts = createDirectives({
    ...{ repo, offices, org: org.service, outbox, rows: outbox.rows },
    ...{ calendar: deps.calendars.work, wordsFor, tags: readUnitTags(), pilots: config.PILOT_COMMUNES },
    afterRest: (at) => afterRest(outbox.rules, at),
    remindAt: config.REMIND_AT.hour * 60 + config.REMIND_AT.minute,
    ...{ stuck: deps.stuck, audit: deps.audit.service, annexes: annexesRepo },
    ...{ files: deps.evidence.files, clock: deps.clock, log: deps.log },
  });
  const { issuing, answers, view, timers, annexes } = parts;
  const { service, show } = deps.evidence;
  const evidence = new DirectiveEvidence(
    { repo, offices },
    { ofAll: (subject) => service.ofAll(subject), show },
  );
  org.directory.onChange(() => timers.notePeopleChanged());
  outbox.conditions.owns('directive_open', parts);
  outbox.conditions.owns('directive_key', parts);
  return {
    view,
    effects: directiveEffects(issuing, answers, annexes, evidence),
    jobs: directiveJobs(timers, annexes),
    /** Resolves when no file of a directive is being fetched in this process. */
    settled: () => annexes.settled(),
    /** For whoever asked to be forgotten: what they gave and answered stays with their office, without them. */
    async unname(person: UserKey, stand: UserKey): Promise<void> {
      await repo.unname(person, stand);
      await annexesRepo.unname(person, stand);
    },
  };
}
