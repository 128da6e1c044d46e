import type { NewOutboxMessage } from '../outbox/outbox-row';
import { vnDay } from '../kernel/vn-time';
import { instantOf, nextDay, type WorkCalendar } from '../kernel/work-calendar';
import { holdsOffice } from '../org/rights';
import type { DirectivesDeps } from './deps';
import type { DirectiveMessages } from './messages';

/** The practice of the month (`practice`): proposed on its first working day, and asked of the store once a month. */
export class MonthlyPractice {
  private next: Date | null = null;

  constructor(
    private readonly deps: DirectivesDeps,
    private readonly messages: DirectiveMessages,
  ) {}

  /** Proposes it where it is time and the month has none. Done again it is the same message. */
  async propose(now: Date): Promise<void> {
    if (this.next !== null && now < this.next) return;
    await this.deps.outbox.enqueue(await proposalRows(this.deps, this.messages, now));
    this.next = nextProposal(this.deps.calendar, now);
  }

  /** When it is proposed next, or what falls due before. */
  orEarlier(due: Date | null, after: Date): Date {
    const proposal = nextProposal(this.deps.calendar, after);
    return due !== null && due < proposal ? due : proposal;
  }
}

/** 9:00 in Viet Nam. */
const ASKED_AT = 9 * 60;

/** The next time after this instant at which the month's practice is proposed: on the first working day of the month. */
function nextProposal(calendar: WorkCalendar, after: Date): Date {
  const first = `${vnDay(after).slice(0, 7)}-01`;
  const at = instantOf(calendar.workingDay(first, 1), ASKED_AT);
  if (at > after) return at;
  const next = `${nextDay(first, 31).slice(0, 7)}-01`;
  return instantOf(calendar.workingDay(next, 1), ASKED_AT);
}

/** Proposed to the department where this month has none yet; it writes it ready, a person sends it. Empty: there is one, or it is not the time. */
async function proposalRows(
  deps: DirectivesDeps,
  messages: DirectiveMessages,
  now: Date,
): Promise<NewOutboxMessage[]> {
  const month = vnDay(now).slice(0, 7);
  const since = instantOf(deps.calendar.workingDay(`${month}-01`, 1), ASKED_AT);
  if (now < since || vnDay(now) !== vnDay(since)) return [];
  const known = await deps.repo.inStates(['waiting', 'scheduled', 'issued', 'closed']);
  if (known.some(({ practice, createdAt }) => practice && vnDay(createdAt).startsWith(month))) return [];
  const { directory } = deps.offices;
  const day = vnDay(now);
  const posts = directory.tree
    .roots(day)
    .flatMap(({ code }) => directory.officesIn(code))
    .filter((post) => post.role === 'department' && holdsOffice(post, day));
  return posts.flatMap((post): NewOutboxMessage[] => {
    const { user: to } = post;
    if (to === null) return [];
    const words = deps.wordsFor(to);
    const label = words.t('directives:buttons.practice');
    return [
      {
        id: `directive:practice:${month}:${to}`,
        ...{ to, purpose: 'notice', cause: 'directives.run', createdAt: now },
        message: {
          kind: 'text',
          text: words.t('directives:practice.proposed', {
            ...messages.addressVars({ ...post, user: to }),
            month: Number(month.slice(5)),
          }),
          buttons: [{ kind: 'reply', label, payload: '#DIENTAP', digit: 1 }],
        },
      },
    ];
  });
}
