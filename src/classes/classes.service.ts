import type { AuditService } from '../audit/audit.service';
import type { UserKey } from '../kernel/ids';
import { never } from '../kernel/lists';
import { DAY } from '../kernel/vn-time';
import { instantOf, nextDay } from '../kernel/work-calendar';
import { awaitsNumber, SEATS_CLOSE, takesPeople, tookPlace, type ClassRecord } from './class';
import { noteOfClass } from './class-audit';
import type { ClassEffect } from './class-effects';
import { viewsOf, type ClassView } from './class-view';
import type { ClassesRepo } from './classes.repo';
import { proposalOf, type ClassProposal } from './duty';
import { newlySeated } from './seats';

/** What goes out unasked because of a class; every message has an id of its cause, so that a repeat writes nothing. */
export interface ClassNotices {
  moved(view: ClassView, at: Date, effectId: string): Promise<void>;
  cancelled(view: ClassView, at: Date, effectId: string): Promise<void>;
  /** Its time came, and it was not held. */
  notHeld(view: ClassView, at: Date, effectId: string): Promise<void>;
  /** A seat came free for these. */
  seated(view: ClassView, users: readonly UserKey[], at: Date): Promise<void>;
  /** Those who asked the question and agreed to be invited. */
  invite(record: ClassRecord, users: readonly UserKey[], at: Date): Promise<void>;
}

export interface ClassesDeps {
  readonly repo: ClassesRepo;
  readonly org: {
    mayWriteFor(input: { user: UserKey; unit: string; onBehalf: boolean; at: Date }): Promise<boolean>;
  };
  readonly notices: ClassNotices;
  readonly audit: Pick<AuditService, 'note'>;
  /** People who asked about the topic in that commune and week and agreed to hear of a class; each is answered once. */
  readonly takeAskers: (asked: {
    week: string;
    commune: string;
    topic: string;
    class: string;
  }) => Promise<UserKey[]>;
}

/** A number is asked for so long after a class. */
const ASKED_AFTER = 7 * DAY;
/** As far ahead as people plan. */
export const AHEAD = 60 * DAY;

export type ClassesService = ReturnType<typeof createClassesService>;

/** Reads and writes classes. Rights are asked of the store again where something is written. */
export function createClassesService(deps: ClassesDeps) {
  const { repo, notices } = deps;

  async function views(records: readonly ClassRecord[]): Promise<ClassView[]> {
    return viewsOf(records, await repo.peopleOf(records.map(({ id }) => id)));
  }

  async function view(id: string): Promise<ClassView | null> {
    const record = await repo.get(id);
    return record ? ((await views([record]))[0] ?? null) : null;
  }

  async function classOf(effect: Exclude<ClassEffect, { record: ClassRecord }>): Promise<ClassRecord | null> {
    return typeof effect.class === 'string' ? repo.get(effect.class) : effect.class;
  }

  async function announcedBetween(from: Date, to: Date): Promise<ClassRecord[]> {
    const found = await repo.between(from, to);
    return found.filter((record) => record.announced && !record.cancelled);
  }

  /** All classes of these units that begin on these days, called-off ones too. */
  function held(units: readonly string[], first: string, last: string): Promise<ClassRecord[]> {
    return repo.between(instantOf(first, 0), instantOf(nextDay(last, 1), 0), units);
  }

  async function mayLead(user: UserKey, unit: string, at: Date): Promise<boolean> {
    const ask = (onBehalf: boolean) => deps.org.mayWriteFor({ user, unit, onBehalf, at });
    return (await ask(false)) || (await ask(true));
  }

  /** Makes the change and answers the class as it is then; null: somebody else was quicker. */
  async function changed(
    effect: Extract<ClassEffect, { class: ClassRecord }>,
    set: Parameters<ClassesRepo['change']>[1],
  ): Promise<ClassView | null> {
    const outcome = await repo.change(effect.class, set, effect.id);
    return outcome === 'done' ? view(effect.class.id) : null;
  }

  async function lead(effect: Extract<ClassEffect, { by: UserKey }>): Promise<'done' | 'conflict'> {
    const unit = effect.kind === 'class.add' ? effect.record.unit : effect.class.unit;
    if (!(await mayLead(effect.by, unit, effect.at))) return 'conflict';
    switch (effect.kind) {
      case 'class.add': {
        await repo.add(effect.record, effect.id);
        const { question } = effect.record;
        if (effect.invite && question) {
          const askers = await deps.takeAskers({
            ...effect.invite,
            topic: question.topic,
            class: effect.record.id,
          });
          await notices.invite(effect.record, askers, effect.at);
        }
        return 'done';
      }
      case 'class.move': {
        const moved = { from: effect.class.startsAt, reason: effect.reason };
        const now = await changed(effect, { startsAt: effect.startsAt, moved });
        if (now) await notices.moved(now, effect.at, effect.id);
        return now ? 'done' : 'conflict';
      }
      case 'class.cancel': {
        const now = await changed(effect, { cancelled: { at: effect.at, reason: effect.reason } });
        if (now) await notices[effect.notHeld ? 'notHeld' : 'cancelled'](now, effect.at, effect.id);
        return now ? 'done' : 'conflict';
      }
      case 'class.openSigningUp':
        return (await changed(effect, { planned: false })) ? 'done' : 'conflict';
      case 'class.record':
        return (await changed(effect, { attended: effect.attended })) ? 'done' : 'conflict';
      case 'class.describe': {
        const { topic, teacher } = effect;
        const set = {
          ...(topic === undefined ? {} : { topic }),
          ...(teacher === undefined ? {} : { teacher }),
        };
        return (await changed(effect, set)) ? 'done' : 'conflict';
      }
      default:
        return never(effect);
    }
  }

  async function join(effect: Exclude<ClassEffect, { by: UserKey }>): Promise<'done' | 'conflict'> {
    const before = await view(effect.class);
    if (!before) return 'conflict';
    const { user, at } = effect;
    switch (effect.kind) {
      case 'class.signUp':
        if (!takesPeople(before.record, at)) return 'conflict';
        await repo.signUp(effect.class, user, at);
        return 'done';
      case 'class.relatives':
        await repo.setRelatives(effect.class, user, effect.relatives);
        break;
      case 'class.leave':
        await repo.leave(effect.class, user);
        break;
      default:
        return never(effect);
    }
    await offerSeats(before, at);
    return 'done';
  }

  /** Whoever moved up hears it, unless the class begins too soon to be told. */
  async function offerSeats(before: ClassView, at: Date): Promise<void> {
    const after = await view(before.record.id);
    if (!after || !takesPeople(after.record, at)) return;
    if (at.getTime() > after.record.startsAt.getTime() - SEATS_CLOSE) return;
    await notices.seated(after, newlySeated(before.seats, after.seats), at);
  }

  return {
    /** Done, and then in the audit; a step that is played again is noted once. */
    async apply(effect: ClassEffect): Promise<'done' | 'conflict'> {
      const outcome = await ('by' in effect ? lead(effect) : join(effect));
      const record = 'record' in effect ? effect.record : await classOf(effect);
      if (outcome === 'done' && record) await deps.audit.note(noteOfClass(effect, record));
      return outcome;
    },

    get: view,

    /** Classes of these units that people may still come to, the next first; called-off ones are left out. */
    async coming(units: readonly string[], now: Date): Promise<ClassView[]> {
      const from = new Date(now.getTime() - DAY);
      const found = await repo.between(from, new Date(now.getTime() + AHEAD), units);
      return views(found.filter((record) => takesPeople(record, now)));
    },

    /** Classes of these units that are over and whose number nobody has told, the newest first. */
    async awaiting(units: readonly string[], now: Date): Promise<ClassView[]> {
      const found = await repo.between(new Date(now.getTime() - ASKED_AFTER), now, units);
      return views(found.filter((record) => record.announced && awaitsNumber(record, now)).reverse());
    },

    /** What the person signed up for and is still to come. */
    async ofPerson(user: UserKey, now: Date): Promise<ClassView[]> {
      const ids = (await repo.ofPerson(user)).map((one) => one.class);
      return views((await repo.getMany(ids)).filter((record) => takesPeople(record, now)));
    },

    /** How many classes that are over the person had signed up for. */
    async signedUpBefore(user: UserKey, now: Date): Promise<number> {
      const ids = (await repo.ofPerson(user)).map((one) => one.class);
      return (await repo.getMany(ids)).filter((record) => !takesPeople(record, now)).length;
    },

    /** Where the units last had a class; null: never, or nobody said. */
    async lastPlace(units: readonly string[], at: Date): Promise<string | null> {
      const found = await repo.between(
        new Date(at.getTime() - 92 * DAY),
        new Date(at.getTime() + AHEAD),
        units,
      );
      return found.findLast(({ place }) => place !== null)?.place ?? null;
    },

    held,

    /** The same, with who is in them. */
    async heldWithPeople(units: readonly string[], first: string, last: string): Promise<ClassView[]> {
      return views(await held(units, first, last));
    },

    /** The numbers of the unit's last classes, oldest first. */
    async lastNumbers(unit: string, at: Date): Promise<number[]> {
      const found = await repo.between(new Date(at.getTime() - 92 * DAY), at, [unit]);
      return found.filter(tookPlace).flatMap(({ attended }) => attended ?? []);
    },

    /**
     * Sessions and visits that a month's report of the unit may be offered, from the classes recorded in the window, both
     * days included. Null when none was recorded. It offers and never writes.
     */
    async proposalsFor(
      unit: string,
      window: { readonly from: string; readonly to: string },
    ): Promise<ClassProposal | null> {
      return proposalOf(await held([unit], window.from, window.to), unit);
    },

    /** Announced classes that begin or began between the instants, without who is in them. */
    announcedBetween,

    /** Of those the wanted ones, with who is in them: nobody is read of the others. */
    async wantedBetween(
      from: Date,
      to: Date,
      wanted: (record: ClassRecord) => boolean,
    ): Promise<ClassView[]> {
      return views((await announcedBetween(from, to)).filter(wanted));
    },

    unname: (user: UserKey, stand: UserKey): Promise<void> => repo.unname(user, stand),
  };
}
