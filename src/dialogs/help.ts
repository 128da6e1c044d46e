import { monthName } from '../kernel/moment';
import type { StepResult, Turn } from '../conversation/dialog';
import { monthOf } from '../reporting/periods';
import { placeWord } from '../reporting/chat/places';
import { sentence } from './answer';
import type { DialogDeps } from './deps';
import type { Feature, Message } from './feature';

/** «Hướng dẫn»: what this person can say here, made from the commands of all features that are theirs. */
export function helpAnswer(
  turn: Turn<DialogDeps>,
  { person }: Message,
  features: readonly Feature<never>[],
): StepResult {
  const month = monthName(turn.words, monthOf(turn.at), turn.at);
  const unit = person.overseeing[0]?.unit ?? person.offices[0]?.unit ?? '';
  const village = placeWord(turn, unit);
  const lines = features
    .flatMap((feature) => feature.commands)
    .filter((one) => one.help !== undefined && (one.for === undefined || one.for(person)))
    .sort((a, b) => (a.help ?? 0) - (b.help ?? 0))
    .map((one) => `- ${turn.words.t(`help:${one.id}`, { month, village, ...person.vars })}`);
  return sentence(turn, 'help:head', { lines: lines.join('\n') });
}
