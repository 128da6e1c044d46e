import type { Connection } from 'mongoose';
import type { Channel } from '../channels/channel';
import type { ContactsRepo } from '../contacts/contacts.repo';
import type { EffectHandlers } from '../dialogs/feature';
import type { Clock } from '../kernel/clock';
import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import { DAY } from '../kernel/vn-time';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { noticeEffects, type AskInfo, type SendNotice, type SendNotices } from './enqueue';
import { createOutbox, type Outbox, type OutboxDeps } from './outbox';
import { Conditions } from './outbox-row';
import { puttingIn } from './put-in';
import { createOutboxRepo, createPaceRepo } from './outbox.repo';
import { createOwnSends, perhapsLost, receiptEvents } from './send-records';
import { sendRules } from './send-rules';
import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { type Job, job } from '../jobs/job';

export interface OutboxModuleDeps {
  readonly config: Parameters<typeof sendRules>[0] & {
    readonly ZALO_REQUESTS_PER_MINUTE: number;
    readonly OUTBOX_KEEP_DAYS: number;
  };
  readonly connection: Connection;
  readonly singleProcess: boolean;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly channelModule: {
    readonly name: string;
    readonly channel: Channel;
    readonly addresses: readonly string[];
  };
  readonly contacts: { readonly repo: ContactsRepo };
  /** Days on which nobody is written to unasked. */
  readonly restDays: ReadonlySet<string>;
  readonly wordsFor: (user: UserKey) => Words;
  readonly phoneOf: OutboxDeps['phoneOf'];
  /** What a text reads as it leaves. */
  readonly putIn: (text: string) => string;
  readonly paidBy: OutboxDeps['paidBy'];
  readonly wait: OutboxDeps['wait'];
}

/** What goes out: the parts of this folder, joined. Who plans messages that hold under a condition registers with `conditions`. */
export function openOutbox(deps: OutboxModuleDeps) {
  const { config, connection, singleProcess, clock, log, metrics, channelModule, wordsFor } = deps;
  const { channel, addresses } = channelModule;
  const { windows } = channel.limits;
  const paced = sendRules(config, deps.restDays);
  const rules = windows === false ? { ...paced, windows } : paced;
  const rows = createOutboxRepo(connection);
  const conditions = new Conditions();
  const outbox: Outbox = createOutbox({
    ...{ rows, contacts: deps.contacts.repo, clock, rules, singleProcess, log, metrics },
    pace: createPaceRepo(connection, channelModule.name),
    channels: new Map(addresses.map((word) => [word, puttingIn(channel, deps.putIn)])),
    perMinute: config.ZALO_REQUESTS_PER_MINUTE,
    isStillNeeded: (row, at) => conditions.isStillNeeded(row, at),
    onUnreachable: (row, at) => conditions.onUnreachable(row, at),
    onUncertain: async (row) => {
      const word = perhapsLost(row, (user) => wordsFor(user).t('common:perhaps_lost'));
      if (word) await outbox.enqueue([word]);
    },
    keepMs: config.OUTBOX_KEEP_DAYS * DAY,
    ...(deps.phoneOf ? { phoneOf: deps.phoneOf } : {}),
    ...(deps.paidBy ? { paidBy: deps.paidBy } : {}),
    ...(deps.wait ? { wait: deps.wait } : {}),
  });
  const effects: EffectHandlers<SendNotice | SendNotices | AskInfo> = noticeEffects(outbox.enqueue);
  return {
    ...outbox,
    rows,
    rules,
    conditions,
    ownSends: createOwnSends(rows),
    effects,
    events: receiptEvents(outbox),
    jobs: outboxJobs(outbox),
  };
}

/** Finds messages whose time has come or whose wake-up was lost. */
export const sweepOutbox = defineJob({
  name: 'outbox.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 5_000 },
});

export function outboxJobs(outbox: Pick<Outbox, 'sweep' | 'nextDue'>): Job[] {
  return [
    job(
      sweepOutbox,
      (_payload, { at }) => outbox.sweep(at),
      (after) => outbox.nextDue(after),
    ),
  ];
}
