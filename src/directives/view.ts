import type { UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import { capital } from '../kernel/vn-text';
import { vnDay } from '../kernel/vn-time';
import { readAudience, type AudienceReading } from './audience';
import type { Annex } from './annex';
import type { Annexes } from './annexes';
import type { DirectivesDeps } from './deps';
import type { Actor, Directive, DirectiveState, Recipient } from './directive';
import type { StoredRecipient } from './directives.repo';
import type { DirectiveMessages } from './messages';
import { previewOf, type Preview } from './preview';
import { furthest, lastSend } from './reach';
import { progressOf, type ProgressNode } from './progress';

/** What is read about directives: by those who talk, by those above, by neighbouring systems. It writes nothing. */

/** A directive with what stands at the offices that one person answers for. */
export interface Mine {
  readonly directive: Directive;
  readonly recipients: readonly Recipient[];
}

const OUT: readonly DirectiveState[] = ['issued', 'superseded', 'recalled', 'closed'];

export class DirectivesView {
  constructor(
    private readonly deps: DirectivesDeps,
    private readonly messages: DirectiveMessages,
    private readonly annexes: Annexes,
  ) {}

  get(id: string): Promise<Directive | null> {
    return this.deps.repo.get(id);
  }

  /** Those people call so, oldest first, drafts left out unless they are the person's own. */
  async called(short: string, user: UserKey): Promise<readonly Directive[]> {
    const found = await this.deps.repo.byShort(short);
    return found.filter(({ state, by }) => state !== 'draft' || by.user === user);
  }

  /** What went out to the offices that the person may answer for, newest last. */
  async mine(user: UserKey, at: Date): Promise<readonly Mine[]> {
    const acts = this.deps.offices.actsFor(user, at);
    return acts.length === 0 ? [] : this.byDirective(await this.deps.repo.ofUnits(acts), OUT);
  }

  /** Of those, what is still out, with the offices for which the person was told and that have not answered. */
  async unanswered(user: UserKey, at: Date): Promise<readonly Mine[]> {
    const acts = this.deps.offices.actsFor(user, at);
    return acts.length === 0
      ? []
      : this.byDirective(await this.deps.repo.unansweredBy(acts, user), ['issued']);
  }

  /**
   * What is out, waits for its second key or, where the person gave it, for its time, as far as the person gave it, stands over
   * a part of it or owes an answer, each with the offices for which the person answers; the nearest deadline first.
   */
  async outFor(user: UserKey, at: Date): Promise<readonly Mine[]> {
    const out = await this.deps.repo.inStates(['issued', 'waiting', 'scheduled']);
    const own = new Map((await this.mine(user, at)).map((one) => [one.directive.id, one.recipients]));
    return out
      .filter((one) => own.has(one.id) || this.sees(user, one, at))
      .sort((one, other) => one.deadline.getTime() - other.deadline.getTime())
      .map((directive) => ({ directive, recipients: own.get(directive.id) ?? [] }));
  }

  /** Whether the person gave it or stands over a part of it; before its time only the office it leaves from knows of it. */
  sees(user: UserKey, directive: Directive, at: Date): boolean {
    const root = this.rootFor(user, directive, at);
    return root !== null && (directive.state !== 'scheduled' || root === directive.from);
  }

  /** What waits for this person's second key. */
  async waitingFor(user: UserKey, at: Date): Promise<readonly Directive[]> {
    const waiting = await this.deps.repo.inStates(['waiting']);
    return waiting.filter((one) => this.holdsKey(user, one, at));
  }

  /** Whether the directive waits for a second key and the person holds it. */
  holdsKey(user: UserKey, directive: Directive, at: Date): boolean {
    return (
      directive.state === 'waiting' &&
      this.deps.offices.keyHolders(directive, at).some((key) => key.user === user)
    );
  }

  /** The post from which the person gives orders; null: none. */
  issuer(user: UserKey, at: Date): { readonly actor: Actor; readonly from: string } | null {
    const [post] = this.deps.offices.issuing(user, at);
    return post ? { actor: { user, office: post.id }, from: post.unit } : null;
  }

  /** By when somebody above answers a stuck office; null: nobody is there to. */
  stuckUntil(unit: string, at: Date): Date | null {
    return this.deps.stuck.promisedAt(unit, at);
  }

  mayManage(user: UserKey, directive: Directive, at: Date): boolean {
    return this.deps.offices.mayManage(user, directive, at);
  }

  /** Where the person's view begins: see `Offices`. */
  rootFor(user: UserKey, directive: Directive, at: Date): string | null {
    return this.deps.offices.rootFor(user, directive, at);
  }

  /** Which units' part in it the person sees; null: none. */
  inView(user: UserKey, directive: Directive, at: Date): ((unit: string) => boolean) | null {
    return this.deps.offices.inView(user, directive, at);
  }

  /** Whether the person may read the directive and the files that go with it. */
  maySee(user: UserKey, directive: Directive, at: Date): Promise<boolean> {
    return this.annexes.maySee(user, directive, at);
  }

  /** What communes have added for these of their places, each as «Xã Tân Hòa» and the words. */
  async linesFor(
    directive: Directive,
    recipients: readonly Recipient[],
    at: Date,
  ): Promise<readonly { readonly commune: string; readonly text: string }[]> {
    const { lines } = await this.messages.around(directive, recipients);
    return [...lines].map(([code, text]) => ({ commune: capital(this.messages.nameOf(code, at)), text }));
  }

  /** Files that travel with it, oldest first. */
  annexesOf(directive: Pick<Directive, 'id' | 'from'>): Promise<readonly Annex[]> {
    return this.annexes.of(directive);
  }

  /** Files of a draft, those still being fetched too. */
  attached(directive: string): Promise<readonly Annex[]> {
    return this.annexes.attached(directive);
  }

  audience(parts: readonly string[], from: string, at: Date): AudienceReading {
    const { offices, tags, pilots } = this.deps;
    return readAudience(parts, { tree: offices.directory.tree, day: vnDay(at), from, tags, pilots });
  }

  /** Communes it is for that have no officer's post. */
  gaps({ audience }: Pick<Directive, 'audience'>, at: Date): readonly string[] {
    return this.deps.offices.withoutOfficer(audience.units, at);
  }

  preview(directive: Directive, at: Date): Promise<Preview> {
    return previewOf(this.deps, directive, at);
  }

  /** Where every office stands by now, with what became of the messages to it. */
  async recipients(directive: Directive): Promise<readonly StoredRecipient[]> {
    return this.messages.overlaid(await this.deps.repo.recipientsOf(directive.id));
  }

  /** The same recipients as the counts have them: whoever nobody holds is unreachable. */
  counted(directive: Directive, recipients: readonly Recipient[], at: Date): readonly Recipient[] {
    return this.deps.offices.counted(directive, recipients, at);
  }

  /** The tree from `root` down; before it goes out everybody waits whom somebody can tell. */
  async progress(directive: Directive, root?: string): Promise<ProgressNode> {
    const { tree } = this.deps.offices.directory;
    const day = vnDay(directive.issuedAt ?? directive.createdAt);
    const all =
      directive.issuedAt === null
        ? directive.audience.units.map((unit) => ({
            unit,
            answer: 'none' as const,
            onBehalf: null,
            reached: 'queued' as const,
          }))
        : await this.standing(directive.id);
    const counted = this.deps.offices.counted(directive, all, this.deps.clock.now());
    return progressOf(directive, counted, tree, day, root ?? directive.from);
  }

  /** Each directive in one of these states with its own of the recipients, the newest last. */
  private async byDirective(
    recipients: readonly Recipient[],
    states: readonly DirectiveState[],
  ): Promise<readonly Mine[]> {
    const own = groupBy(recipients, ({ directive }) => directive);
    const directives = await this.deps.repo.getMany([...own.keys()]);
    return directives
      .filter(({ state }) => states.includes(state))
      .map((directive) => ({ directive, recipients: own.get(directive.id) ?? [] }));
  }

  private async standing(
    id: string,
  ): Promise<readonly Pick<Recipient, 'unit' | 'answer' | 'onBehalf' | 'reached'>[]> {
    const standing = await this.deps.repo.standing(id);
    // What was seen or answered becomes no more by its row.
    const open = standing.filter(({ answer, reached }) => answer === 'none' && reached !== 'seen');
    const fates = await this.messages.fates(open.flatMap(({ rows }) => rows));
    return standing.map((one) =>
      one.answer === 'none' && one.reached !== 'seen'
        ? { ...one, reached: furthest(one, lastSend(one.rows.flatMap((row) => fates.get(row) ?? []))) }
        : one,
    );
  }

  /** Every directive, the oldest first, that concerns the unit or anything below it. */
  async list(options: {
    readonly unit: string | null;
    readonly status: DirectiveState | null;
    readonly at: Date;
  }): Promise<readonly Directive[]> {
    const states =
      options.status === null ? (['draft', 'waiting', 'scheduled', ...OUT] as const) : [options.status];
    const found = await this.deps.repo.inStates(states);
    const { unit, at } = options;
    if (unit === null) return found;
    const { tree } = this.deps.offices.directory;
    const inside = new Set(tree.within(unit, vnDay(at)).map(({ code }) => code));
    return found.filter(
      ({ from, audience }) => inside.has(from) || audience.units.some((code) => inside.has(code)),
    );
  }
}
