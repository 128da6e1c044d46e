import { messageOf } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { HOUR, MINUTE } from '../kernel/vn-time';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import { ANNEXES_MAX, contentFault, travelling, type Annex, type AnnexFault, type NewAnnex } from './annex';
import type { DirectivesDeps } from './deps';
import type { Directive } from './directive';
import { paragraphsOf } from './document-text';
import type { Done } from './issuing';
import type { DirectiveMessages } from './messages';

/** Where bytes of files come from and go to. */
export interface AnnexFiles {
  fetch(
    url: string,
    kind: 'file' | 'image',
    name: string,
  ): Promise<
    | { readonly outcome: 'fetched'; readonly bytes: Buffer; readonly extension: string }
    | { readonly outcome: 'failed'; readonly reason: string; readonly again: boolean }
  >;
  /** Keeps the bytes without what a camera wrote beside them; answers their name. */
  put(bytes: Buffer, extension: string): Promise<string>;
  /** Unless something else that is kept has the same bytes. */
  remove(media: string): Promise<void>;
}

/** Pauses between tries to fetch; after the last one it is given up. The messenger's own copy does not last. */
const PAUSES = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR];
/** A fetch that was begun is left alone for so long; a process may have died with it. */
const IN_HAND_MS = MINUTE;
const SWEEP_MAX = 20;

/**
 * Files that go with directives: fetched beside the talk right after they were attached, looked through for the stamp of a
 * state secret where that can be read, kept, and sent to whoever may see the directive and asks. Every act may be repeated.
 */
export class Annexes {
  private readonly inHand = new Set<Promise<void>>();

  constructor(
    private readonly deps: DirectivesDeps,
    private readonly messages: Pick<DirectiveMessages, 'addressVars'>,
  ) {}

  /** To a draft only: what is issued is frozen. A draft that was not kept yet is whoever's begins it. */
  async attach(annex: NewAnnex): Promise<Done> {
    const { annexes, repo, offices, org } = this.deps;
    const directive = await repo.get(annex.directive);
    if (directive && (directive.state !== 'draft' || directive.from !== annex.from)) return 'conflict';
    if (!offices.issuing(annex.by, annex.at).some(({ unit }) => unit === annex.from)) return 'conflict';
    if (!(await org.mayWriteFor({ user: annex.by, unit: annex.from, onBehalf: false, at: annex.at })))
      return 'conflict';
    const others = (await annexes.of(annex.directive)).filter(({ id }) => id !== annex.id);
    if (others.filter(({ state }) => state !== 'refused').length >= ANNEXES_MAX) return 'done';
    await annexes.add(annex);
    if (annex.kind !== 'link') this.begin(annex.id);
    return 'done';
  }

  /** Takes all files off a draft, or what is left of a draft that was dropped. */
  async detach(directive: string, by: UserKey, at: Date): Promise<Done> {
    const { annexes, repo, offices, files } = this.deps;
    const draft = await repo.get(directive);
    if (draft && draft.state !== 'draft') return 'conflict';
    const all = await annexes.of(directive);
    const mine = offices.issuing(by, at).map(({ unit }) => unit);
    if (!all.every(({ from }) => mine.includes(from))) return 'conflict';
    await annexes.removeOf(directive);
    for (const { media } of all)
      if (media !== null && !(await annexes.holds(media))) await files.remove(media);
    return 'done';
  }

  /** Sends the files that travel to somebody who may see the directive, and asked. */
  async send(act: {
    readonly id: string;
    readonly directive: string;
    readonly to: UserKey;
    readonly at: Date;
  }): Promise<Done> {
    const { repo, outbox } = this.deps;
    const directive = await repo.get(act.directive);
    if (!directive || !(await this.maySee(act.to, directive, act.at))) return 'conflict';
    const files = (await this.of(directive)).filter(({ kind }) => kind !== 'link');
    await outbox.enqueue(
      files.map((annex, n) => ({
        ...{ id: `${act.id}:${n}`, to: act.to, purpose: 'reply' as const },
        ...{ message: messageOfAnnex(annex), cause: act.id, createdAt: act.at },
      })),
    );
    return 'done';
  }

  /** Whoever answers for one of its offices, stands over a part of it, gave it, or holds its second key. Of a recalled one nobody below. */
  async maySee(user: UserKey, directive: Directive, at: Date): Promise<boolean> {
    const { offices, repo } = this.deps;
    if (offices.mayManage(user, directive, at)) return true;
    if (offices.keyHolders(directive, at).some((key) => key.user === user)) return true;
    if (directive.issuedAt === null || directive.state === 'recalled') return false;
    if (offices.rootFor(user, directive, at) !== null) return true;
    // A village reads it once its commune has passed it on.
    const mine = await repo.some(directive.id, offices.actsFor(user, at));
    return mine.some(({ reached, answer }) => reached !== 'held' || answer !== 'none');
  }

  /** Those that travel with it, oldest first. */
  async of(directive: Pick<Directive, 'id' | 'from'>): Promise<readonly Annex[]> {
    return travelling(await this.deps.annexes.of(directive.id), directive);
  }

  /** Those of a draft: what travels, and what is still being fetched. */
  async attached(directive: string): Promise<readonly Annex[]> {
    return (await this.deps.annexes.of(directive)).filter(({ state }) => state !== 'refused');
  }

  /** Tries again what could not be fetched, and what a crash has left. */
  async sweep(): Promise<void> {
    for (const id of await this.deps.annexes.due(this.deps.clock.now(), SWEEP_MAX)) await this.step(id);
  }

  /** Resolves when no file is being fetched in this process. */
  async settled(): Promise<void> {
    while (this.inHand.size > 0) await Promise.all(this.inHand);
  }

  /** In the background: nobody's answer waits for a file. */
  private begin(id: string): void {
    const work = this.step(id);
    this.inHand.add(work);
    void work.finally(() => this.inHand.delete(work));
  }

  private async step(id: string): Promise<void> {
    try {
      await this.fetchOne(id);
    } catch (error) {
      this.deps.log.warn({ annex: id, reason: messageOf(error) }, 'annex could not be kept yet');
    }
  }

  private async fetchOne(id: string): Promise<void> {
    const { annexes, files, clock, log } = this.deps;
    const now = clock.now();
    const annex = await annexes.take(id, now, new Date(now.getTime() + IN_HAND_MS));
    if (!annex || annex.url === null || annex.kind === 'link') return;
    const got = await files.fetch(annex.url, annex.kind, annex.name);
    if (got.outcome === 'failed') {
      log.info({ annex: id, reason: got.reason, tries: annex.attempts }, 'annex could not be fetched');
      const pause = got.again ? PAUSES[annex.attempts - 1] : undefined;
      if (pause !== undefined) return annexes.later(id, new Date(clock.now().getTime() + pause));
      const faults: Readonly<Record<string, AnnexFault>> = {
        too_large: 'too_large',
        wrong_content: 'wrong_kind',
      };
      return this.refuse(annex, faults[got.reason] ?? 'not_fetched');
    }
    const { bytes, extension } = got;
    const paragraphs = paragraphsOf(bytes, extension);
    const fault = contentFault(annex.kind, annex.name, { extension, bytes: bytes.length, paragraphs });
    if (fault !== null) return this.refuse(annex, fault);
    await annexes.kept(id, await files.put(bytes, extension), bytes.length);
  }

  /** Told before it is noted: a crash in between tells once, under the same id. */
  private async refuse(annex: Annex, fault: AnnexFault): Promise<void> {
    const { annexes, offices, outbox, wordsFor, clock } = this.deps;
    const now = clock.now();
    const office = offices.issuing(annex.by, now)[0];
    const words = wordsFor(annex.by);
    const vars = office?.user ? this.messages.addressVars({ ...office, user: office.user }) : {};
    const text = words.t(`directives:annex.refused.${fault}`, {
      ...vars,
      name: annex.name,
      most: ANNEXES_MAX,
    });
    await outbox.enqueue([
      {
        ...{ id: `annex:${annex.id}:refused`, to: annex.by, purpose: 'reply' },
        ...{ message: { kind: 'text', text }, cause: annex.id, createdAt: now },
      },
    ]);
    await annexes.refused(annex.id);
  }
}

function messageOfAnnex({ kind, name, media }: Annex): NewOutboxMessage['message'] {
  if (media === null) throw new RangeError('a file that travels is kept');
  return kind === 'image'
    ? { kind: 'image', image: { file: media }, text: name }
    : { kind: 'file', file: { file: media }, name };
}
