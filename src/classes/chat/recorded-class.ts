import { textIn, type Slots, type StepResult, type Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { instantOf } from '../../kernel/work-calendar';
import { say } from '../../dialogs/answer';
import { placeName } from '../../org/chat/people';
import { USUAL_MINUTE } from '../../understanding/occasion';
import { classIdOf, type ClassRecord } from '../class';
import type { ClassEffect } from '../class-effects';
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
      turn,
      { ...view.record, attended },
      { kind: 'class.record', ...act, class: view.record, attended },
    );
  const record: ClassRecord = {
    ...{ id: classIdOf(act.id), unit: textIn(slots, 'unit'), startsAt: startOf(slots), attended },
    ...{ topic: textIn(slots, 'topic') || null, place: textIn(slots, 'place') || null },
    ...{ capacity: null, planned: false, announced: false, moved: null, cancelled: null, question: null },
    ...{ by: turn.user, at: turn.at, version: 1 },
  };
  return recorded(turn, record, { kind: 'class.add', ...act, record });
}

/** «Em ghi: 1 buổi, 32 người, …», and how many of those who had asked came. */
function recorded(turn: Turn<DialogDeps>, record: ClassRecord, effect: ClassEffect): StepResult {
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
  const choices = [
    { id: 'FIX', label: words.t('classes:buttons.fix_number'), command: `#LOPSO_${record.id}` },
  ];
  return { move: { to: 'end', say: { text, choices } }, effects: [effect] };
}
