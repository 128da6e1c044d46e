import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import { chunks } from '../kernel/lists';
import { OVER, type Directive, type DirectiveState, type Recipient } from './directive';
import { directiveModel, recipientModel, type DirectiveDoc, type RecipientDoc } from './directives.model';

/** Directives and recipients in the document store. Every write may be repeated; a change of a recipient is refused when somebody else was quicker. */
export type DirectivesRepo = ReturnType<typeof createDirectivesRepo>;

/** A recipient with what a change of it needs. */
export interface StoredRecipient extends Recipient {
  /** When to look at it again; null: nothing falls due by itself. */
  readonly nextAt: Date | null;
  readonly rev: number;
}

/** Where one office stands, and by which rows that may have become more. */
export type Standing = Pick<Recipient, 'unit' | 'answer' | 'onBehalf' | 'reached'> & {
  readonly rows: readonly string[];
};

const BATCH = 500;
/** Left out wherever offices are counted: another unit answers in their place. */
const ANSWERS_ITSELF = { movedTo: { $exists: false } } as const;

export function createDirectivesRepo(connection: Connection) {
  const directives = directiveModel(connection).collection;
  const recipients = recipientModel(connection).collection;

  async function find(filter: object, sort: Record<string, 1 | -1>, limit = 0): Promise<Directive[]> {
    const docs = await directives
      .find(filter as never)
      .sort(sort)
      .limit(limit)
      .toArray();
    return (docs as unknown as DirectiveDoc[]).map(directiveOf);
  }

  async function findRecipients(filter: object, limit = 0): Promise<StoredRecipient[]> {
    const docs = await recipients
      .find(filter as never)
      .limit(limit)
      .toArray();
    return (docs as unknown as RecipientDoc[]).map(recipientOf);
  }

  return {
    async get(id: string): Promise<Directive | null> {
      const doc = await directives.findOne({ _id: id } as never);
      return doc ? directiveOf(doc as unknown as DirectiveDoc) : null;
    },

    getMany: (ids: readonly string[]): Promise<Directive[]> =>
      find({ _id: { $in: [...new Set(ids)] } }, { createdAt: 1 }),

    /** Those people call so, oldest first; drafts among them. */
    byShort: (short: string): Promise<Directive[]> => find({ short }, { createdAt: 1 }),

    /** Those in these states, oldest first. */
    inStates: (states: readonly DirectiveState[]): Promise<Directive[]> =>
      find({ state: { $in: [...states] } }, { createdAt: 1 }),

    /** Writes it while it is not there, or a draft: later states are changed by `move`. */
    async putDraft(directive: Directive): Promise<void> {
      const { _id, ...doc } = docOf(directive);
      const gone = (['sendAt', 'checkEvery'] as const).filter((name) => directive[name] === null);
      const $unset = Object.fromEntries(gone.map((name) => [name, '']));
      await directives.updateOne({ _id, state: 'draft' } as never, {
        $set: doc,
        ...(gone.length > 0 ? { $unset } : {}),
      });
      await directives.updateOne({ _id } as never, { $setOnInsert: doc }, { upsert: true });
    },

    async removeDraft(id: string): Promise<void> {
      await directives.deleteOne({ _id: id, state: 'draft' } as never);
    },

    /** From one of these states, with what changes beside it; `as`: what must stand besides. False when it stood in another. */
    async move(
      id: string,
      from: readonly DirectiveState[],
      set: Partial<Omit<DirectiveDoc, '_id'>>,
      unset: readonly string[] = [],
      as: Partial<Pick<DirectiveDoc, 'sendAt'>> = {},
    ): Promise<boolean> {
      const filter = { _id: id, state: { $in: [...from] }, ...as };
      const { matchedCount } = await directives.updateOne(filter as never, {
        $set: set,
        ...(unset.length > 0 ? { $unset: Object.fromEntries(unset.map((name) => [name, ''])) } : {}),
      });
      return matchedCount > 0;
    },

    /** Adds those that are not there yet, to be looked at from `nextAt` on. */
    async addRecipients(all: readonly Recipient[], nextAt: Date): Promise<void> {
      for (const batch of chunks(all, BATCH))
        await recipients.bulkWrite(
          batch.map((recipient) => {
            const { _id, ...doc } = recipientDoc(recipient, nextAt, 0);
            return { updateOne: { filter: { _id }, update: { $setOnInsert: doc }, upsert: true } };
          }) as never[],
          { ordered: false },
        );
    },

    async recipient(directive: string, unit: string): Promise<StoredRecipient | null> {
      const doc = await recipients.findOne({ _id: `${directive}:${unit}` } as never);
      return doc ? recipientOf(doc as unknown as RecipientDoc) : null;
    },

    some: (directive: string, units: readonly string[]): Promise<StoredRecipient[]> =>
      units.length === 0
        ? Promise.resolve([])
        : findRecipients({ _id: { $in: units.map((unit) => `${directive}:${unit}`) } }),

    recipientsOf: (directive: string): Promise<StoredRecipient[]> =>
      findRecipients({ directive, ...ANSWERS_ITSELF }),

    /** Where everybody stands, and no more: what a tree of thousands needs. */
    async standing(directive: string): Promise<Standing[]> {
      const docs = await recipients
        .find({ directive, ...ANSWERS_ITSELF } as never, {
          projection: { _id: 0, unit: 1, answer: 1, onBehalf: 1, reached: 1, 'last.rows': 1 },
        })
        .toArray();
      return (
        docs as unknown as Pick<RecipientDoc, 'unit' | 'answer' | 'onBehalf' | 'reached' | 'last'>[]
      ).map(({ last, onBehalf = null, ...one }) => ({ ...one, onBehalf, rows: last?.rows ?? [] }));
    },

    /** Whether something is still expected of any of its offices. */
    async isOwed(directive: string): Promise<boolean> {
      const filter = { directive, answer: { $nin: OVER }, ...ANSWERS_ITSELF };
      return (await recipients.findOne(filter as never, { projection: { _id: 1 } })) !== null;
    },

    /** What these units have had, of every directive. */
    ofUnits: (units: readonly string[]): Promise<StoredRecipient[]> =>
      findRecipients({ unit: { $in: [...units] }, ...ANSWERS_ITSELF }),

    /** Of that, what the person was told of and nobody has answered. */
    unansweredBy: (units: readonly string[], user: UserKey): Promise<StoredRecipient[]> =>
      findRecipients({ unit: { $in: [...units] }, answer: 'none', told: user }),

    /** Recipients of a directive that their commune passes on. */
    below: (directive: string, through: string): Promise<StoredRecipient[]> =>
      findRecipients({ directive, through, ...ANSWERS_ITSELF }),

    /** Those to be looked at by now. */
    due: (now: Date, limit: number): Promise<StoredRecipient[]> =>
      findRecipients({ nextAt: { $lte: now } }, limit),

    /** Directives whose summary or end has come. */
    directivesDue: (now: Date): Promise<Directive[]> => find({ nextAt: { $lte: now } }, { nextAt: 1 }),

    /** Directives that were put off to this instant or later by their own timers. */
    async nextDue(after: Date): Promise<Date | null> {
      const [one] = await directives
        .find({ nextAt: { $gt: after } } as never, { projection: { nextAt: 1 } })
        .sort({ nextAt: 1 })
        .limit(1)
        .toArray();
      const [other] = await recipients
        .find({ nextAt: { $gt: after } } as never, { projection: { nextAt: 1 } })
        .sort({ nextAt: 1 })
        .limit(1)
        .toArray();
      const times = [one, other].flatMap((doc) => (doc ? [Number(doc['nextAt'])] : []));
      return times.length === 0 ? null : new Date(Math.min(...times));
    },

    /** Writes the recipients as they are now; answers those that somebody else changed meanwhile and that stay as they were. */
    async save(changed: readonly StoredRecipient[]): Promise<StoredRecipient[]> {
      const lost: StoredRecipient[] = [];
      for (const batch of chunks(changed, BATCH)) {
        // Tells our write from another that also was the next one.
        const wrote = randomBytes(9).toString('base64url');
        const { matchedCount } = await recipients.bulkWrite(
          batch.map((one) => savingOf(one, wrote)),
          { ordered: false },
        );
        if (matchedCount === batch.length) continue;
        const ours = await recipients
          .find({ _id: { $in: batch.map(idOf) }, wrote } as never, { projection: { _id: 1 } })
          .toArray();
        const saved = new Set(ours.map(({ _id }) => String(_id)));
        lost.push(...batch.filter((one) => !saved.has(idOf(one))));
      }
      return lost;
    },

    /** Ends all timers of a directive at once. */
    async endTimers(directive: string): Promise<void> {
      await recipients.updateMany(
        { directive, nextAt: { $exists: true } },
        {
          $unset: { nextAt: '' },
          $inc: { rev: 1 },
        },
      );
    },

    /** Looks at every recipient of these directives anew, from `nextAt` on. */
    async lookAgain(ids: readonly string[], nextAt: Date): Promise<void> {
      await recipients.updateMany({ directive: { $in: [...ids] } }, { $set: { nextAt }, $inc: { rev: 1 } });
    },

    /** For whoever asked to be forgotten: what they answered stays with the office, without them. */
    async unname(person: UserKey, stand: UserKey): Promise<void> {
      const mine = await findRecipients({ 'answers.by': person });
      const docs = mine.map((one) => ({
        ...one,
        answers: one.answers.map((given) =>
          given.by === person ? { ...given, by: stand, note: null } : given,
        ),
        told: one.told.filter((user) => user !== person),
      }));
      if (docs.length > 0) await this.save(docs);
      await directives.updateMany({ 'by.user': person }, { $set: { 'by.user': stand } });
      await directives.updateMany(
        { 'confirmedBy.user': person },
        {
          $set: { 'confirmedBy.user': stand },
        },
      );
    },
  };
}

function idOf({ directive, unit }: Pick<Recipient, 'directive' | 'unit'>): string {
  return `${directive}:${unit}`;
}

/** The write of one recipient, which fits only while nobody else has written it. */
function savingOf(one: StoredRecipient, wrote: string): never {
  const { _id, ...doc } = recipientDoc(one, one.nextAt, one.rev + 1);
  const gone = ['through', 'why', 'onBehalf', 'line', 'last', 'askAt', 'nextAt'].filter(
    (name) => !(name in doc),
  );
  const $unset = Object.fromEntries(gone.map((name) => [name, '']));
  const update = { $set: { ...doc, wrote }, ...(gone.length > 0 ? { $unset } : {}) };
  return { updateOne: { filter: { _id, rev: one.rev }, update } } as never;
}

function docOf(directive: Directive): DirectiveDoc {
  const { id, audience, deadlineBefore, checkEvery, sendAt, issuedAt, ...others } = directive;
  const { confirmedBy, supersedes, supersededBy, endedAt, reason, ...rest } = others;
  return {
    _id: id,
    ...rest,
    label: audience.label,
    units: [...audience.units],
    offices: audience.units.length,
    ...(audience.first ? { first: audience.first } : {}),
    ...(deadlineBefore ? { deadlineBefore } : {}),
    ...(checkEvery === null ? {} : { checkEvery }),
    ...(sendAt ? { sendAt } : {}),
    ...(issuedAt ? { issuedAt } : {}),
    ...(confirmedBy ? { confirmedBy } : {}),
    ...(supersedes ? { supersedes } : {}),
    ...(supersededBy ? { supersededBy } : {}),
    ...(endedAt ? { endedAt } : {}),
    ...(reason ? { reason } : {}),
  };
}

function directiveOf(doc: DirectiveDoc): Directive {
  const { _id, label, units, first, offices: _offices, nextAt: _nextAt, ...rest } = doc;
  return {
    ...rest,
    id: _id,
    audience: { label, units, ...(first ? { first } : {}) },
    deadlineBefore: doc.deadlineBefore ?? null,
    checkEvery: doc.checkEvery ?? null,
    practice: doc.practice ?? false,
    sendAt: doc.sendAt ?? null,
    issuedAt: doc.issuedAt ?? null,
    confirmedBy: doc.confirmedBy ?? null,
    supersedes: doc.supersedes ?? null,
    supersededBy: doc.supersededBy ?? null,
    endedAt: doc.endedAt ?? null,
    reason: doc.reason ?? null,
  };
}

function recipientDoc(recipient: Recipient, nextAt: Date | null, rev: number): RecipientDoc {
  const { directive, unit, through, reached, why, answer, line, last, askAt, quiet, steps } = recipient;
  const { movedTo, movedFrom, onBehalf } = recipient;
  return {
    _id: `${directive}:${unit}`,
    ...{ directive, unit, reached, answer, quiet, steps: { ...steps }, rev },
    answers: [...recipient.answers],
    evidence: [...recipient.evidence],
    told: [...recipient.told],
    ...(through === null ? {} : { through }),
    ...(why === null ? {} : { why }),
    ...(onBehalf === null ? {} : { onBehalf }),
    ...(line === null ? {} : { line }),
    ...(last === null ? {} : { last: { step: last.step, rows: [...last.rows] } }),
    ...(askAt === null ? {} : { askAt }),
    ...(movedTo === null ? {} : { movedTo: [...movedTo] }),
    ...(movedFrom.length === 0 ? {} : { movedFrom: [...movedFrom] }),
    ...(nextAt === null ? {} : { nextAt }),
  };
}

function recipientOf(doc: RecipientDoc): StoredRecipient {
  const { _id, wrote: _wrote, ...rest } = doc;
  return {
    ...rest,
    through: doc.through ?? null,
    why: doc.why ?? null,
    onBehalf: doc.onBehalf ?? null,
    line: doc.line ?? null,
    last: doc.last ?? null,
    askAt: doc.askAt ?? null,
    movedTo: doc.movedTo ?? null,
    movedFrom: doc.movedFrom ?? [],
    nextAt: doc.nextAt ?? null,
  };
}
