import type { UserKey } from '../kernel/ids';
import { moment } from '../kernel/moment';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import type { DirectivesDeps } from './deps';
import { isOver, type Directive } from './directive';
import { noteDirective } from './directive-audit';
import { withActs, type Act } from './directive-words';
import type { DirectiveMessages } from './messages';
import type { Holder } from './offices';
import { practiceRows } from './practice';

/** What an act on a directive leaves behind it: a line in the audit, and a word to whoever gave the order or received it. */
export class DirectiveNotices {
  constructor(
    private readonly deps: Pick<DirectivesDeps, 'audit' | 'offices' | 'outbox' | 'repo' | 'wordsFor'>,
    private readonly messages: DirectiveMessages,
  ) {}

  /** In the audit: the act, by whom and on what; words only as their digest. Noted twice it is noted once. */
  audit(
    directive: Directive,
    what: string,
    by: UserKey,
    at: Date,
    more?: Parameters<typeof noteDirective>[5],
  ): Promise<void> {
    return noteDirective(this.deps.audit, directive, what, by, at, more);
  }

  /** Those who were told of it and had not ended it hear that it was taken back. */
  async tellRecalled(directive: Directive, at: Date): Promise<void> {
    const { repo, outbox, offices, wordsFor } = this.deps;
    const told = new Set(
      (await repo.recipientsOf(directive.id))
        .filter(({ answer }) => !isOver(answer))
        .flatMap((one) => one.told),
    );
    await outbox.enqueue(
      [...told].map((to) => {
        const office = offices.directory.officesOf(to, at)[0];
        const vars =
          office && office.user !== null
            ? this.messages.addressVars(office as Holder)
            : { address: wordsFor(to).t('common:address.citizen'), Address: '' };
        return {
          id: `directive:${directive.id}:recalled:${to}`,
          to,
          purpose: 'directive' as const,
          message: {
            kind: 'text' as const,
            text: wordsFor(to).t('directives:recalled', { ...vars, number: directive.number }),
          },
          cause: `directive:${directive.id}`,
          createdAt: at,
        };
      }),
    );
  }

  async tellIssuer(
    directive: Directive,
    what: string,
    key: string,
    at: Date,
    vars: Readonly<Record<string, string | number>> = {},
  ): Promise<void> {
    const to = this.deps.offices.issuer(directive, at);
    if (to) await this.deps.outbox.enqueue([this.notice(to, what, directive, key, ['XEM'], at, vars)]);
  }

  /** How a practice went, once it is over. */
  async tellPractice(directive: Directive, at: Date): Promise<void> {
    await this.deps.outbox.enqueue(await practiceRows(this.deps, this.messages, directive, at));
  }

  /** For whoever turned the second key: it leaves at another time than they read. */
  sendingMoved(to: Holder, directive: Directive, at: Date): NewOutboxMessage {
    const { sendAt } = directive;
    const when = sendAt === null ? '' : moment(this.deps.wordsFor(to.user), sendAt);
    const key = sendAt === null ? 'directives:sending.told_now' : 'directives:sending.told_moved';
    return this.notice(to, `sending-${(sendAt ?? at).getTime()}`, directive, key, ['XEM'], at, { when });
  }

  /** A word to one person, under an id of the directive and of `what`. */
  notice(
    to: Holder,
    what: string,
    directive: Directive,
    key: string,
    acts: readonly Act[],
    at: Date,
    vars: Readonly<Record<string, string | number>>,
  ): NewOutboxMessage {
    const words = this.deps.wordsFor(to.user);
    const text = words.t(key, { ...this.messages.addressVars(to), number: directive.number, ...vars });
    return {
      id: `directive:${directive.id}:${what}:${to.user}`,
      to: to.user,
      purpose: 'notice',
      message: withActs(words, text, acts, directive.id),
      ...(directive.urgency === 'critical' ? { anyHour: true as const } : {}),
      cause: `directive:${directive.id}`,
      createdAt: at,
    };
  }
}
