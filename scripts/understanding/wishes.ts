import { instantOf } from '../../src/kernel/work-calendar';
import { timePutOffTo } from '../../src/dialogs/named-reminder';
import type { Heard } from './world';

/** What each labelled wish comes to when it is understood, told by the words that answered it and what was written. */

export interface Outcome extends Heard {
  /** The line itself. */
  readonly typed: string;
  readonly sent: boolean;
  readonly muted: boolean;
  readonly changes: ReadonlyMap<string, unknown>;
}

export interface Wish {
  right(outcome: Outcome): boolean;
  /** The report may be sent. */
  readonly sends?: true;
  /** Messages may be switched off. */
  readonly mutes?: true;
  /** A figure may change: taking something back, keeping last month's. */
  readonly stores?: true;
  /** A post may be taken. */
  readonly claims?: true;
}

function says(...keys: readonly (string | RegExp)[]): (outcome: Outcome) => boolean {
  return ({ keys: used }) =>
    // What a button is called tells nothing of what was understood.
    used.some(
      (key) =>
        !/[:.]buttons\./.test(key) &&
        keys.some((wanted) => (typeof wanted === 'string' ? key === wanted : wanted.test(key))),
    );
}

const HELD = says(
  'reports:held',
  'reports:stop_unclear',
  'reports:kept_for_later',
  'reports:kept_later_word',
);
const UNDERSTOOD = ({ keys }: Outcome): boolean =>
  !keys.some((key) => /repair\.|not_understood|which_number/.test(key));

/** Whoever wants to wait is offered to go on or to leave it: that is what waiting comes to. */
const PUT_OFF = (outcome: Outcome): boolean =>
  HELD(outcome) || says(/later/, /promised/, /reminders:asked/)(outcome);
/** «Để mai», «thứ năm tôi làm»: it is not enough to be told that it waits, the reminder must be promised. */
const REMINDED = says(/reminders:asked/);
const namesTime = ({ typed }: Outcome): boolean => timePutOffTo(typed, MORNING) !== null;
const MORNING = instantOf('2026-03-12', 8 * 60);

export const WISHES: Readonly<Record<string, Wish>> = {
  send: { right: ({ sent }) => sent, sends: true },
  hold: { right: HELD },
  not_send: { right: UNDERSTOOD },
  not_claim: { right: says('onboarding:not_me') },
  cancel: { right: HELD },
  later: { right: (outcome) => (namesTime(outcome) ? REMINDED(outcome) : PUT_OFF(outcome)) },
  optout: { right: ({ muted }) => muted, mutes: true },
  optout_or_pause: { right: (outcome) => outcome.muted || HELD(outcome), mutes: true },
  status: { right: says(/already_sent/, /status/, /not_sent_yet/, /sent_at/, /form\.work/, /^tasks:/) },
  show: { right: says(/already_sent/, /figures_sent/, /reports:sent$/) },
  show_prev: { right: says(/last_month/, /previous_figures/) },
  undo: { right: says('reports:undone'), stores: true },
  askwhat: { right: says(/which_fix/, /undone/, /already_sent/), stores: true },
  thanks: { right: says('common:thanks') },
  call: { right: says(/^handover:above/, /call/) },
  human: { right: says(/^handover:above/, /call/) },
  notmine: { right: says(/^posts:/) },
  extend: { right: says(/extension/, /more_time/, /^approval:time/) },
  skip: { right: ({ changes }) => [...changes.values()].includes('missing'), stores: true },
  explain: { right: says(/explain/) },
  reassure: { right: says('menu:not_a_scam') },
  who: { right: says('menu:who_are_you') },
  help: { right: says(/^help:/, /^menu:(?:village|officer)/) },
  faq: { right: ({ text }) => /VNeID/.test(text) && /\n/.test(text) },
  ask: { right: UNDERSTOOD },
  note: { right: UNDERSTOOD },
  ask_what: { right: says('menu:what_to_report') },
  chat: { right: UNDERSTOOD },
  scope: { right: says(/total/, /officer:/) },
  start: { right: ({ at }) => at.startsWith('report.') },
  same_all: { right: ({ at }) => at === 'report.readback', stores: true },
  one_by_one: { right: ({ at }) => at === 'report.question' || at === 'report.which' },
  edit2: { right: asksFor('classes_held'), stores: true },
  edit3: { right: asksFor('learners'), stores: true },
  photo: { right: says('asides:send-a-photo') },
  paper: { right: says('asides:on-paper') },
  bigger: { right: says('asides:bigger-letters') },
  voice: { right: says('asides:by-voice') },
  privacy: { right: says('asides:who-sees-this', 'menu:privacy') },
  progress: { right: says(/^reports:questions_left/) },
  back: { right: ({ at }) => /^report\.(?:question|which)$/.test(at) },
  restart: { right: says('reports:start_over') },
  deadline: { right: says(/^menu:deadline/) },
  practice: { right: ({ at }) => at.startsWith('practice.') },
  classes: { right: says(/^classes:/) },
  directives: { right: says(/^directives:|^forms:|^tasks:/) },
  claim: { right: ({ effects }) => effects.some(({ kind }) => kind === 'org.claim'), claims: true },
};

function asksFor(figure: string): (outcome: Outcome) => boolean {
  return ({ at, slots }) => at === 'report.question' && slots['figure'] === figure;
}
