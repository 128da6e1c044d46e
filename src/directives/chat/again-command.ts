import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { placeName } from '../../org/chat/people';
import { isSilent, type Directive, type Recipient } from '../directive';
import { actPayload } from '../directive-words';
import type { DirectiveEffect } from './directive-effects';
import { naming, SEEN, withNamed } from './named-directive';

/** «Nhắn lại 145»: once a day, to those without an answer; how many and which is shown before anything goes out. */

const NAMED = 5;

export const again = command<DialogDeps, { short: string; rest: string | null }>({
  id: 'remind-silent',
  says: ['nhắn lại 145', 'nhắn lại công văn 145', 'gửi lại 145', 'gửi lại công văn 145', 'nhan lai cv 145'],
  for: ({ overseeing }) => overseeing.length > 0,
  strong: true,
  read: naming('(?:nhan|gui) lai'),
  run: (turn, _message, { short }) =>
    withNamed(
      turn,
      short,
      SEEN,
      async (one) => (await askAboutSilent(turn, one)) ?? sentence(turn, 'directives:not_yours'),
    ),
});

interface Silent {
  readonly under: string;
  /** Those who can be written to. */
  readonly told: readonly Recipient[];
  readonly unreached: number;
}

/** Who has not answered of those that the person may write to again; null: none of it is theirs. */
async function silentOf(turn: Turn<DialogDeps>, directive: Directive): Promise<Silent | null> {
  const { deps, user, at } = turn;
  const day = vnDay(at);
  const { tree } = deps.directory;
  const under = deps.directives.mayManage(user, directive, at)
    ? directive.from
    : deps.directory
        .officesOf(user, at)
        .find(
          ({ unit, role }) =>
            (role === 'commune_officer' || role === 'commune_chair') &&
            directive.audience.units.some((code) => tree.isWithin(code, unit, day)),
        )?.unit;
  if (under === undefined) return null;
  const silent = (await deps.directives.recipients(directive)).filter(
    (one) => isSilent(one) && tree.isWithin(one.unit, under, day),
  );
  const told = silent.filter(({ reached }) => reached !== 'unreachable');
  return { under, told, unreached: silent.length - told.length };
}

/** How many and which, and a button that sends it. Null: it is not theirs. */
export async function askAboutSilent(
  turn: Turn<DialogDeps>,
  directive: Directive,
): Promise<StepResult | null> {
  const silent = await silentOf(turn, directive);
  if (silent === null) return null;
  const none = nothingToSend(turn, directive, silent);
  if (none) return none;
  const names = silent.told.map(({ unit }) => placeName(turn.deps, unit, turn.at));
  const rest = names.length - NAMED;
  const shown = names.slice(0, NAMED).join(', ');
  const vars = {
    number: directive.number,
    count: formatCount(names.length),
    names: rest > 0 ? turn.words.t('common:list_more', { names: shown, count: rest }) : shown,
    unreached: formatCount(silent.unreached),
  };
  return sentence(turn, `directives:again_sure${silent.unreached > 0 ? '_but' : ''}`, vars, [
    {
      id: 'AGAIN',
      label: turn.words.t('directives:buttons.again'),
      command: actPayload('NHACDI', directive.id),
    },
  ]);
}

/** Sends it. Null: it is not theirs. */
export async function remindSilent(turn: Turn<DialogDeps>, directive: Directive): Promise<StepResult | null> {
  const silent = await silentOf(turn, directive);
  if (silent === null) return null;
  const none = nothingToSend(turn, directive, silent);
  if (none) return none;
  const effect: DirectiveEffect = {
    ...{ kind: 'directive.remindSilent', id: turn.effectId(), directive: directive.id },
    ...{ under: silent.under, by: turn.user, at: turn.at },
  };
  const count = formatCount(silent.told.length);
  const key = `directives:again_sent${directive.urgency === 'normal' ? '_normal' : ''}`;
  return {
    ...sentence(turn, key, { number: directive.number, count }),
    effects: [effect],
  };
}

function nothingToSend(
  turn: Turn<DialogDeps>,
  { state, number }: Directive,
  { told, unreached }: Silent,
): StepResult | null {
  if (state !== 'issued') return sentence(turn, 'directives:again_over', { number });
  if (told.length > 0) return null;
  return unreached > 0
    ? sentence(turn, 'directives:again_nobody', { number, unreached: formatCount(unreached) })
    : sentence(turn, 'directives:nobody_silent', { number });
}
