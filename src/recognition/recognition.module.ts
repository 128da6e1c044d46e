import type { Contacts } from '../contacts/contacts.module';
import type { OrgDirectory } from '../org/directory';
import { type Conditions, remindedOn } from '../outbox/outbox-row';
import type { Outbox } from '../outbox/outbox';
import type { OutboxRepo } from '../outbox/outbox.repo';
import type { Calendars } from '../reporting/deadlines';
import type { ReportsService } from '../reporting/reports.service';
import type { Rollup } from '../reporting/rollup';
import { ListGiver } from './list-giver';
import { recognitionJobs } from './recognition.jobs';
import { Recognition } from './recognition.service';
import { Thankful } from './thanks.service';

export interface RecognitionModuleDeps {
  readonly calendars: Calendars;
  readonly org: { readonly directory: OrgDirectory };
  readonly contacts: Pick<Contacts, 'wordsFor' | 'isMuted'>;
  readonly reporting: { readonly reports: ReportsService; readonly rollup: Rollup };
  readonly outbox: Outbox & { readonly rows: OutboxRepo; readonly conditions: Conditions };
}

/** Thanks, records and the list for the awards: the parts of this folder, joined. */
export function openRecognition({ calendars, org, contacts, reporting, outbox }: RecognitionModuleDeps) {
  const { directory } = org;
  const { reports, rollup } = reporting;
  const { wordsFor, isMuted } = contacts;
  const view = new Recognition({ reports, rollup, calendars, tree: () => directory.tree });
  const thankful = new Thankful({
    ...{ records: view.records, rollup, directory, calendars, wordsFor, isMuted },
    outbox: {
      enqueue: outbox.enqueue,
      reachOf: (users, purpose, now) => outbox.reachOf(users, purpose, now),
      fates: (ids) => outbox.rows.fates(ids),
      remindedOn: (users, at) => remindedOn(outbox.rows, users, at),
    },
  });
  const giver = new ListGiver({
    ...{ directory, wordsFor, isMuted, enqueue: outbox.enqueue },
    shortlist: (province, now) => view.shortlist(province, now),
  });
  outbox.conditions.owns('thanks_due', thankful);
  return { view, jobs: recognitionJobs(thankful, giver) };
}
