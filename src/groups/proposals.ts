import { DAY, vnDay } from '../kernel/vn-time';
import { instantOf } from '../kernel/work-calendar';
import { BOARD_ENDS } from './board';
import type { GroupsDeps } from './deps';
import { asksForConsent, digestOf } from './difference';
import type { CommuneGroup } from './group';
import { consentChoices, differenceLines } from './group-words';
import type { GroupsView } from './groups.view';
import { tellInCharge } from './notices';

/** Minutes after midnight from which officers are asked. */
export const PROPOSE_AT = 8 * 60 + 5;
/** The same difference is not asked about again sooner. */
const AGAIN_AFTER_MS = 7 * DAY;

/** Asks those in charge of a group about its difference: once a day at the most, on working days, and only when there is something to agree to. */
export class Proposals {
  constructor(
    private readonly deps: GroupsDeps,
    private readonly view: GroupsView,
  ) {}

  /** Run again on the same day it asks nobody. */
  async run(now: Date): Promise<void> {
    const { repo, calendar } = this.deps;
    const day = vnDay(now);
    const ends = instantOf(day, BOARD_ENDS * 60);
    if (now < instantOf(day, PROPOSE_AT) || now >= ends || !calendar.isWorkingDay(day)) return;
    if ((await repo.doneOn('propose')) === day) return;
    for (const group of await repo.inState('on')) await this.propose(group, day, ends, now);
    await repo.noteDone('propose', day);
  }

  private async propose(group: CommuneGroup, day: string, ends: Date, now: Date): Promise<void> {
    const { commune, name, proposed, order } = group;
    const { difference, lasts } = await this.view.standing(group, now);
    const digest = digestOf(difference);
    const known = proposed !== null && proposed.digest === digest;
    const soon = known && Date.parse(day) - Date.parse(proposed.day) < AGAIN_AFTER_MS;
    if (!lasts || order !== null || !asksForConsent(difference) || (soon && proposed.day !== day)) return;
    const told = await tellInCharge(
      this.deps,
      {
        ...{ id: `group-difference:${commune}:${day}`, commune, key: 'groups:proposed', expiresAt: ends },
        vars: (words) => ({
          name,
          lines: differenceLines(words, difference, this.view.names(words, commune, now)).join('\n'),
        }),
        choices: (words) => consentChoices(words, commune, difference),
      },
      now,
    );
    if (told > 0) await this.deps.repo.change(commune, (same) => ({ ...same, proposed: { day, digest } }));
  }
}
