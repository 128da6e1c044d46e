import type { Choice } from '../../conversation/dialog';
import type { Words } from '../../kernel/i18n';
import type { UserKey } from '../../kernel/ids';
import { addressVars, type OrgView } from '../../org/chat/people';
import type { OrgDirectory } from '../../org/directory';
import { leaveOf } from '../../org/leave';
import type { Enqueue } from '../../outbox/outbox-row';
import { departmentAbove, headsOf, postFor, takersAt, type Claimed } from '../desk';
import type { Thread } from '../thread';
import { answeredByHand, close, giveBack, passOn } from '../thread-acts';
import { nextStep, type ThreadStep, type ThreadTimes } from '../thread-times';
import type { Threads } from '../threads';
import type { Reachable } from '../handover-view';
import { rateChoices } from './officer-acts';
import { messagesOf, type Tell } from './tell';
import { deskName, holderName, personName, templateOf, threadChoice, timeOf, topicOf } from './thread-words';

/**
 * What happens to threads without anybody saying a word here: a promise passes, a holder does not answer or loses the
 * post, the person leaves the channel, somebody answers in the channel's own console. All of it may run twice.
 */
export interface ThreadSweepDeps {
  readonly threads: Threads;
  readonly times: ThreadTimes;
  readonly directory: OrgView['directory'] & Pick<OrgDirectory, 'holdersOf' | 'officesOf' | 'office'>;
  readonly enqueue: Enqueue;
  readonly wordsFor: (user: UserKey) => Words;
  readonly reachable: (user: UserKey, at: Date) => Promise<Reachable>;
}

/** More steps at once than a thread can have between two acts. */
const STEPS = 4;

export class ThreadSweep {
  constructor(private readonly deps: ThreadSweepDeps) {}

  /** Everything the calendar asks for up to now. */
  async run(now: Date): Promise<void> {
    const { threads, times, directory } = this.deps;
    for (const thread of await threads.held()) {
      const holder = thread.standing.holder?.user ?? null;
      if (holder === null) continue;
      if (!postFor(directory, holder, thread.desk, now)) await this.lostHolder(thread, now);
      // An answer that is given already stands; one that is owed is owed by somebody who is there.
      else if (thread.standing.state === 'talking' && leaveOf(directory, holder, now))
        await this.toQueue(thread, 'away', 'handover:told.on_leave', now);
    }
    for (const { id } of await threads.due(now))
      for (let steps = 0; steps < STEPS; steps += 1) {
        const thread = await threads.get(id);
        const next = thread && nextStep(thread, times);
        if (!thread || !next || next.at > now) break;
        if (!(await this.step(thread, next.step, now))) break;
      }
  }

  /** The person is gone from the channel, or can no longer be reached: their talks end, and who had them hears so. */
  async personLeft(user: UserKey, at: Date): Promise<void> {
    for (const thread of await this.deps.threads.openOf(user)) {
      const over = close(thread, 'unreachable', at, false);
      const holder = thread.standing.holder?.user ?? null;
      const tell = holder === null ? [] : [this.notice(thread, holder, 'handover:told.left', at)];
      if (over) await this.commit(thread, over, 'left', tell, at);
    }
  }

  /** A word of a thread did not arrive: the talks end when nothing reaches the person any more, never for want of money. */
  async notReached(user: UserKey, at: Date): Promise<void> {
    if (!(await this.deps.reachable(user, at)).atAll) await this.personLeft(user, at);
  }

  /** Somebody of the office wrote to the person in the channel's own console: the promise is kept. */
  async answeredByHand(user: UserKey, at: Date): Promise<void> {
    for (const thread of await this.deps.threads.openOf(user)) {
      const after = answeredByHand(thread, at);
      if (after) await this.commit(thread, after, 'by_hand', [], at);
    }
  }

  /** Forgets who asked and every word; that there was a talk, and when, stays. */
  async erase(user: UserKey, as: UserKey, at: Date): Promise<void> {
    for (const thread of await this.deps.threads.of(user)) {
      const over = close(thread, 'erased', at, false) ?? thread;
      const holder = thread.standing.holder?.user ?? null;
      const tell =
        over === thread || holder === null ? [] : [this.notice(thread, holder, 'handover:told.left', at)];
      const bare = { ...over, by: as, topics: [], lines: [], applied: [] };
      await this.commit(thread, bare, 'erased', tell, at);
    }
  }

  /** To whoever holds the post by now, where somebody does and may answer here; else back to the queue. */
  private async lostHolder(thread: Thread, now: Date): Promise<void> {
    const { directory, times } = this.deps;
    const next = directory.office(thread.standing.holder?.office ?? '');
    const user = next?.user ?? null;
    if (next && user !== null && postFor(directory, user, thread.desk, now)) {
      const moved = passOn(thread, { office: next.id, user }, now, times);
      if (moved && (await this.commit(thread, moved, 'passed_on', this.passedOn(thread, moved, now), now)))
        return;
    }
    await this.toQueue(thread, 'lost', 'handover:told.lost_post', now);
  }

  /** Back to the queue: the person, who had it and who may take it hear so. */
  private async toQueue(thread: Thread, what: string, key: string, now: Date): Promise<boolean> {
    const after = giveBack(thread, now);
    if (!after) return false;
    const was = thread.standing.holder?.user ?? null;
    const tell = [
      this.toPerson(thread, 'handover:told.back', now),
      ...(was === null ? [] : [this.notice(thread, was, key, now)]),
      ...this.toTakers(after, now, was),
    ];
    return this.commit(thread, after, what, tell, now);
  }

  private passedOn(thread: Thread, moved: Thread, now: Date): Tell[] {
    const [was, is] = [thread.standing.holder?.user ?? null, moved.standing.holder?.user ?? null];
    return [
      this.toPerson(moved, 'handover:told.handed_on_late', now),
      ...(was === null ? [] : [this.notice(moved, was, 'handover:told.passed_from', now)]),
      ...(is === null ? [] : [this.passedTo(moved, is, now)]),
    ];
  }

  private passedTo(thread: Thread, to: UserKey, now: Date): Tell {
    const choices = [threadChoice(this.words(to), thread.id, '#TRALOI', 'answer')];
    return { ...this.notice(thread, to, 'handover:told.passed_to', now), choices };
  }

  private async step(thread: Thread, step: ThreadStep, now: Date): Promise<boolean> {
    switch (step) {
      case 'promise_passed':
        return this.commit(thread, { ...thread, escalated: 1 }, step, this.late(thread, now), now);
      case 'latest_passed': {
        const above = departmentAbove(this.deps.directory, thread.desk, now);
        const tell = above.map((office) => this.toOffice(thread, office, 'handover:told.late_to_head', now));
        return this.commit(thread, { ...thread, escalated: 2 }, step, tell, now);
      }
      case 'back_to_queue':
        return this.toQueue(thread, step, 'handover:told.taken_back', now);
      case 'ends': {
        const over = close(thread, 'automatic', now, false);
        return over !== null && this.commit(thread, over, step, [], now);
      }
      case 'ask_rating': {
        const { free } = await this.deps.reachable(thread.by, now);
        const tell = free
          ? [
              this.toPerson(
                thread,
                'handover:rate',
                now,
                rateChoices({ words: this.words(thread.by) }, thread.id),
              ),
            ]
          : [];
        const asked = { ...thread, rateAsked: true, rateAt: free ? thread.rateAt : null };
        return this.commit(thread, asked, step, tell, now);
      }
    }
  }

  /** The head of the desk hears of it, and the person by when at the latest. */
  private late(thread: Thread, now: Date): Tell[] {
    const heads = headsOf(this.deps.directory, thread.desk, now);
    const holder = thread.standing.holder?.user ?? null;
    const key = heads.length > 0 ? 'handover:told.late' : 'handover:told.late_nobody';
    return [
      this.toPerson(thread, key, now),
      ...heads.map((office) => this.toOffice(thread, office, 'handover:told.late_to_head', now)),
      ...(holder === null || heads.some(({ user }) => user === holder)
        ? []
        : [this.notice(thread, holder, 'handover:told.late_to_holder', now)]),
    ];
  }

  private toTakers(thread: Thread, now: Date, but: UserKey | null): Tell[] {
    return takersAt(this.deps.directory, thread.desk, now)
      .filter(({ user }) => user !== but)
      .map((office) => this.toOffice(thread, office, 'handover:told.back_in_queue', now));
  }

  private toOffice(thread: Thread, office: Claimed, key: string, at: Date): Tell {
    const choices = [
      threadChoice(this.words(office.user), thread.id, '#NHANTIN', 'take'),
      { id: 'QUEUE', label: this.words(office.user).t('handover:buttons.queue'), command: '#HANGCHO' },
    ];
    return { ...this.notice(thread, office.user, key, at), choices };
  }

  private toPerson(thread: Thread, key: string, at: Date, choices: readonly Choice[] = []): Tell {
    return { ...this.notice(thread, thread.by, key, at), choices };
  }

  private notice(thread: Thread, to: UserKey, key: string, at: Date): Tell {
    const words = this.words(to);
    const { deps } = this;
    const office = deps.directory.officesOf(to, at)[0] ?? null;
    const promised = thread.promisedAt;
    const text = words.t(key, {
      ...addressVars(words, office),
      person: personName(words, deps, thread, at),
      topic: topicOf(words, thread),
      desk: deskName(words, deps, thread.desk, at),
      name: holderName(words, deps, thread, at),
      until: promised ? timeOf(words, promised, at) : '',
      latest: promised ? timeOf(words, deps.times.latest(promised), at) : '',
    });
    return { to, text, purpose: 'notice', template: templateOf(words, deps, thread, to, at) };
  }

  private words(user: UserKey): Words {
    return this.deps.wordsFor(user);
  }

  /** False when somebody else has just written it: the next look decides anew. */
  private async commit(
    before: Thread,
    after: Thread,
    what: string,
    tell: readonly Tell[],
    at: Date,
  ): Promise<boolean> {
    const cause = `thread:${before.id}:${before.version}:${what}`;
    if ((await this.deps.threads.commit(cause, before, after, { by: null, at })) === 'conflict') return false;
    await this.deps.enqueue(messagesOf(cause, tell, at));
    return true;
  }
}
