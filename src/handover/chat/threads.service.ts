import type { Words } from '../../kernel/i18n';
import { sha256Hex, type UserKey } from '../../kernel/ids';
import { hexAsLetters } from '../../kernel/letters';
import type { Enqueue } from '../../outbox/outbox-row';
import type { StrangerNotices } from '../../org/stranger-notices';
import { addressVars, type OrgView } from '../../org/chat/people';
import type { OrgDirectory } from '../../org/directory';
import { deskOf, departmentAbove, postFor, takersAt } from '../desk';
import { newThread, type Thread, type ThreadKind } from '../thread';
import type { ThreadTimes } from '../thread-times';
import type { Committed, Threads } from '../threads';
import { messagesOf, type Tell } from './tell';
import { deskName, personName, templateOf, threadChoice, timeOf, topicOf } from './thread-words';

/** Opens threads and writes what a talk decided about them, telling those it concerns. Everything may be done twice. */
export interface ThreadsServiceDeps {
  readonly threads: Threads;
  readonly times: ThreadTimes;
  readonly directory: OrgView['directory'] & Pick<OrgDirectory, 'holdersOf'>;
  readonly enqueue: Enqueue;
  readonly wordsFor: (user: UserKey) => Words;
  readonly strangers: Pick<StrangerNotices, 'admit'>;
}

export interface OpenThread {
  /** Of the effect or event that opens it: the same one opens the same thread. */
  readonly id: string;
  readonly kind: ThreadKind;
  /** A citizen's commune; for leaders the unit they speak for. */
  readonly unit: string;
  readonly by: UserKey;
  /** What it is about, masked; may be empty. */
  readonly topic: string;
  readonly at: Date;
}

/** A write that a talk decided on. `officer`: who does it, whose right is looked at once more. */
export interface SaveThread {
  readonly id: string;
  readonly before: Thread;
  readonly after: Thread;
  readonly officer: UserKey | null;
  readonly tell: readonly Tell[];
  readonly at: Date;
}

/**
 * The id of the thread that an effect opens. Letters only: a button carries it, and a run of six digits in what is tapped
 * would be covered like a one-time code.
 */
export function threadId(effect: string): string {
  return `t${hexAsLetters(sha256Hex(effect).slice(0, 16)).toLowerCase()}`;
}

export class ThreadsService {
  constructor(private readonly deps: ThreadsServiceDeps) {}

  /**
   * Opens a thread at the desk that answers the unit and tells those who answer there. With the same id again it is the
   * same thread. Null: the citizen has another open talk.
   */
  async open(given: OpenThread): Promise<Thread | null> {
    const { threads, times, directory } = this.deps;
    const { id, kind, unit, by, topic, at } = given;
    // Whoever speaks for a place holds a post of it; anybody may speak for themselves.
    if (kind !== 'citizen' && !directory.mayActFor(by, unit, at)) return null;
    const desk = deskOf(directory, kind, unit, at);
    const promised = takersAt(directory, desk, at).length > 0;
    const thread = newThread(
      { id: threadId(id), kind, unit, desk, by, topic: topic.trim(), at, promised },
      times,
    );
    if ((await threads.commit(id, null, thread, { by, at })) === 'conflict') return null;
    await this.deps.enqueue(messagesOf(id, await this.admitted(thread, this.opened(thread, at), at), at));
    return threads.get(thread.id);
  }

  /** A citizen's word is one of a stranger: above the limit it waits in the queue and in the officer's next list. */
  private async admitted(thread: Thread, tells: readonly Tell[], at: Date): Promise<Tell[]> {
    if (thread.kind !== 'citizen') return [...tells];
    const told: Tell[] = [];
    for (const tell of tells) {
      const word = { id: `${thread.id}:${tell.to}`, to: tell.to, from: thread.by, text: tell.text, at };
      if (await this.deps.strangers.admit(word)) told.push(tell);
    }
    return told;
  }

  /** What a turn decided. `conflict`: somebody else was quicker, or the officer may not any more. */
  async save(given: SaveThread): Promise<Committed> {
    const { threads, directory } = this.deps;
    const { id, before, after, officer, tell, at } = given;
    if (officer !== null && !postFor(directory, officer, before.desk, at)) return 'conflict';
    const committed = await threads.commit(id, before, after, { by: officer ?? before.by, at });
    if (committed !== 'conflict') await this.deps.enqueue(messagesOf(id, tell, at));
    return committed;
  }

  /** To those who answer at the desk; where nobody does, the department. */
  opened(thread: Thread, at: Date): Tell[] {
    const { directory, wordsFor } = this.deps;
    const takers = takersAt(directory, thread.desk, at);
    const alone = takers.length === 0;
    return (alone ? departmentAbove(directory, thread.desk, at) : takers).map((office) => {
      const words = wordsFor(office.user);
      const text = words.t(alone ? 'handover:nobody_there' : `handover:new.${thread.kind}`, {
        ...addressVars(words, office),
        person: personName(words, this.deps, thread, at),
        desk: deskName(words, this.deps, thread.desk, at),
        topic: topicOf(words, thread),
        until: thread.promisedAt ? timeOf(words, thread.promisedAt, at) : '',
      });
      return {
        to: office.user,
        text,
        choices: [
          threadChoice(words, thread.id, '#NHANTIN', 'take'),
          { id: 'QUEUE', label: words.t('handover:buttons.queue'), command: '#HANGCHO' },
        ],
        purpose: 'notice' as const,
        template: templateOf(words, this.deps, thread, office.user, at),
      };
    });
  }
}
