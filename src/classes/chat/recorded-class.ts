import { textIn, type Slots, type StepResult } from '../../conversation/dialog';
import { vnDay } from '../../kernel/vn-time';
import { instantOf } from '../../kernel/work-calendar';
import { say } from '../../dialogs/answer';
import { placeName } from '../../org/chat/people';
import { USUAL_MINUTE } from '../../understanding/occasion';
import { classIdOf, type ClassRecord } from '../class';
import type { ClassEffect } from '../class-effects';
import { fixChoice } from './about-class.dialog';
import { classLine } from './class-texts';
import { dayName } from './class-talk';
import type { Context } from './record-class.dialog';

/** A class whose number was said: what is written, and what its leader reads. */

export function startOf(slots: Slots): Date {
  const minute = slots['minute'];
  return instantOf(textIn(slots, 'day'), typeof minute === 'number' ? minute : USUAL_MINUTE.evening);
}

export async function done({ turn, slots }: Context): Promise<StepResult> {
  const attended = Number(slots['people']);
  const id = textIn(slots, 'id');
  const view = id === '' ? null : await turn.deps.classes.get(id);
  const act = { id: turn.effectId(), by: turn.user, at: turn.at };
  if (view)
    return recorded(
      { turn, slots },
      { ...view.record, attended },
      { kind: 'class.record', ...act, class: view.record, attended },
    );
  const record: ClassRecord = {
    ...{ id: classIdOf(act.id), unit: textIn(slots, 'unit'), startsAt: startOf(slots), attended },
    ...{ topic: textIn(slots, 'topic') || null, place: textIn(slots, 'place') || null },
    teacher: null,
    ...{ capacity: null, planned: false, announced: false, moved: null, cancelled: null, question: null },
    ...{ by: turn.user, at: turn.at, version: 1 },
  };
  return recorded({ turn, slots }, record, { kind: 'class.add', ...act, record });
}

/** «Em ghi: 1 buổi, 32 người, …», and how many of those who had asked came; then what nobody has said of it, where nothing else waits for an answer. */
function recorded(
  { turn, slots }: Pick<Context, 'turn' | 'slots'>,
  record: ClassRecord,
  effect: ClassEffect,
): StepResult {
  const { words } = turn;
  const unit = placeName(turn.deps, record.unit, record.startsAt);
  const what = record.announced
    ? classLine(words, record, unit)
    : [unit, dayName(turn.words, vnDay(record.startsAt)), record.place, record.topic]
        .filter(Boolean)
        .join(', ');
  const text = [
    say(turn, 'classes:recorded', { count: record.attended ?? 0, what }),
    ...(record.question
      ? [say(turn, 'classes:asked_and_came', { asked: record.question.asked, came: record.attended ?? 0 })]
      : []),
  ].join('\n');
  const known = { topic: record.topic !== null, teacher: record.teacher !== null };
  if (slots['alone'] === true && !(known.topic && known.teacher)) {
    const about = { id: record.id, ...known };
    return {
      notes: [text],
      effects: [effect],
      move: { to: 'dialog', dialog: 'class-about', slots: about, instead: true },
    };
  }
  const choices = [fixChoice(words, record.id)];
  return { move: { to: 'end', say: { text, choices } }, effects: [effect] };
}
