import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { DAY } from '../../kernel/vn-time';
import { weekOf } from '../../reporting/periods';
import type { AddClass, NoInvitations, WishForClass } from '../class-effects';
import { leads, lineOf, unitsLed } from './leading';
import { openedSay } from './open-class.dialog';
import { openLines } from './open-questions';
import { findProposal, proposedPlace, proposedRecord, titleOf, unitOf } from './proposal';
import { askCommune, communeOf, unitsOf } from './where';

/** From a question to a class: wishing for one, and proposing and scheduling it. */

const wish: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'wish-for-class',
  button: '#BAOLOP',
  says: [],
  read: () => null,
  tapped: (rest) => rest.toLowerCase(),
  async run(turn, _message, topic) {
    const commune = communeOf(turn);
    if (commune === null) return askCommune(topic);
    return wishFor(turn, topic, commune);
  },
});

export function wishFor(turn: Turn<DialogDeps>, topic: string, commune: string): StepResult {
  const { user, at } = turn;
  const effect: WishForClass = { kind: 'class.wish', id: turn.effectId(), user, topic, commune, at };
  const said = sentence(
    turn,
    'classes:asked.wished',
    { title: titleOf(turn, topic), unit: unitOf(turn, commune) },
    [{ id: 'NOT', label: turn.words.t('classes:buttons.no_invitations'), command: '#LOPTHOIMOI' }],
  );
  return { ...said, effects: [effect] };
}

const noInvitations: Command<DialogDeps> = {
  id: 'no-invitations',
  button: '#LOPTHOIMOI',
  says: ['thôi nhận lời mời', 'đừng mời tôi nữa', 'không nhận lời mời nữa', 'thôi mời', 'thôi nhận mời lớp'],
  async run(turn) {
    const { user, at } = turn;
    const effect: NoInvitations = { kind: 'class.noInvitations', id: turn.effectId(), user, at };
    return { ...sentence(turn, 'classes:asked.no_more'), effects: [effect] };
  },
};

/** «Đặt lịch»: one tap makes the class that was proposed and invites those who agreed. */
const schedule: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'schedule-proposal',
  button: '#LOPDAT',
  says: [],
  read: () => null,
  tapped: (rest) => rest,
  async run(turn, _message, id) {
    const there = await turn.deps.classes.get(id);
    if (there) return sentence(turn, 'classes:asked.scheduled', { line: lineOf(turn, there) });
    if (!leads(turn)) return sentence(turn, 'officer:no_right');
    const proposal = await findProposal(turn, id);
    if (!proposal) return sentence(turn, 'common:old_button');
    const last = await turn.deps.classes.lastPlace(unitsOf(turn, proposal.commune), turn.at);
    const record = proposedRecord(turn, proposal, {
      asked: proposal.people,
      title: titleOf(turn, proposal.topic),
      place: proposedPlace(turn.words, last, unitOf(turn, proposal.commune)),
      calendar: turn.deps.settings.calendars.work,
    });
    if (record.startsAt <= turn.at)
      return {
        move: {
          to: 'dialog',
          dialog: 'class-open',
          slots: { unit: record.unit, topic: record.topic, place: record.place, past: true },
        },
      };
    const effect: AddClass = {
      ...{ kind: 'class.add', id: turn.effectId(), record, by: turn.user, at: turn.at },
      invite: { week: proposal.week, commune: proposal.commune },
    };
    const { move, listed } = openedSay(turn, record);
    const say = move.to === 'end' ? move.say : undefined;
    return {
      move: { to: 'here', ...(say ? { say } : {}) },
      ...(listed ? { listed } : {}),
      effects: [effect],
    };
  },
});

const asked: Command<DialogDeps> = {
  id: 'asked-questions',
  tells: true,
  says: [
    'bà con hỏi gì',
    'câu hỏi của bà con',
    'dân hỏi gì',
    'câu hỏi chưa giải quyết',
    'bà con vướng gì',
    'bà con hay hỏi gì nhất',
    'người dân hỏi nhiều nhất điều gì',
  ],
  for: ({ offices }) => offices.some(({ role }) => /^commune_/.test(role)),
  async run(turn) {
    const commune = unitsLed(turn).find(({ level }) => level === 'commune');
    if (!leads(turn) || !commune) return null;
    const weeks = [weekOf(turn.at), weekOf(new Date(turn.at.getTime() - 7 * DAY))];
    const parts: string[] = [];
    for (const week of weeks) {
      const counts = await turn.deps.classes.askedIn(week, commune.code);
      const lines = openLines(turn.words, counts, (_locale, topic) => titleOf(turn, topic));
      if (lines.length > 0)
        parts.push(`${turn.words.t('classes:asked.week', { week: week.slice(-2) })}\n${lines.join('\n')}`);
    }
    const unit = unitOf(turn, commune.code);
    return parts.length === 0
      ? sentence(turn, 'classes:asked.nothing', { unit })
      : sentence(turn, 'classes:asked.list', { unit, list: parts.join('\n') });
  },
};

export const ASKED_COMMANDS: readonly Command<DialogDeps>[] = [wish, noInvitations, schedule, asked];
