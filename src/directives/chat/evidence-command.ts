import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { answer, say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { PAGE, pageOf } from '../../evidence/showing';
import { momentShort } from '../../kernel/moment';
import { foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { placeName } from '../../org/chat/people';
import { bareNameOn } from '../../org/names';
import type { Directive } from '../directive';
import type { ShowDirectiveEvidence } from './directive-effects';
import { SEEN, withNamed } from './named-directive';
import { evidenceInView } from './progress-answer';

/** «Xem ảnh 145»: what offices sent to show that a directive is done, for whoever sees how it stands. */

const PICTURE = '(?:hinh anh|anh chup|anh|hinh|minh chung)';
const ASKED = new RegExp(
  `^(?:(?:cho|em|toi|minh|bac|anh|chi) )*(?:xem|mo|coi) (?:(?:lai|cac) )*${PICTURE}(?: (?:kem(?: theo)?|cua|bao xong|da gui))* ` +
    `(?:(?:cong van|van ban|chi dao|cv) (?:so )?(\\d{1,6})|(\\d{3,6}))(?:\\/\\S*)?(?: (?:cua )?(.{2,60}?))?(?: (?:a|nhe|di|voi))*$`,
);

interface Asked {
  readonly short: string;
  /** Where, as typed without marks; empty: everywhere. */
  readonly place: string;
  /** Of a tapped button. */
  readonly id: string;
  readonly page: number;
}

export const evidenceOf = command<DialogDeps, Asked>({
  id: 'see-directive-evidence',
  button: '#ANHCV',
  says: [
    'xem ảnh 145',
    'xem ảnh công văn 145',
    'cho xem minh chứng 145',
    'mở hình của công văn 145',
    'xem ảnh 145 thôn Đông Lâm',
    'xem anh cv 145',
  ],
  for: ({ overseeing }) => overseeing.length > 0,
  strong: true,
  read({ typed }) {
    const found = ASKED.exec(foldText(typed));
    const short = found?.[1] ?? found?.[2];
    if (short === undefined) return null;
    return { short: String(Number(short)), place: found?.[3] ?? '', id: '', page: 0 };
  },
  tapped(rest) {
    const [id = '', page = '0'] = rest.split(/[._]/);
    return { short: '', place: '', id, page: Number(page) || 0 };
  },
  async run(turn, _message, { short, place, id, page }) {
    if (id === '') return withNamed(turn, short, SEEN, (one) => show(turn, one, place, 0));
    const directive = await turn.deps.directives.get(id);
    return directive ? show(turn, directive, '', page) : sentence(turn, 'directives:not_yours');
  },
});

/** The button to what came after those that are shown. */
function moreChoice(turn: Turn<DialogDeps>, directive: Directive, page: number, count: number): Choice {
  return {
    id: 'MORE',
    label: turn.words.t('evidence:more', { count }),
    command: `#ANHCV_${directive.id}.${page}`.toUpperCase(),
  };
}

async function show(
  turn: Turn<DialogDeps>,
  directive: Directive,
  place: string,
  page: number,
): Promise<StepResult> {
  const { words, at } = turn;
  if (turn.deps.directives.inView(turn.user, directive, at) === null)
    return sentence(turn, 'directives:not_yours');
  const { number } = directive;
  const seen = await evidenceInView(turn, directive);
  const all = place === '' ? seen : seen.filter(({ subject }) => isNamed(turn, subject.unit, place));
  if (all.length === 0)
    return sentence(turn, place === '' ? 'directives:pictures.none' : 'directives:pictures.none_there', {
      number,
    });
  const { shown, left, hidden } = pageOf(all, page);
  const lines = shown.map((piece, n) =>
    words.t('directives:pictures.line', {
      number: page * PAGE + n + 1,
      place: placeName(turn.deps, piece.subject.unit, at),
      moment: momentShort(words, piece.at),
    }),
  );
  const effect: ShowDirectiveEvidence = {
    ...{ kind: 'directive.showEvidence', id: turn.effectId(), directive: directive.id, to: turn.user },
    ...{ pieces: shown.map(({ id }) => id), at, eventId: turn.event.id },
  };
  const text = [
    ...(shown.length > 0
      ? [words.t('directives:pictures.shown', { number, count: shown.length }), ...lines]
      : []),
    ...(hidden > 0 ? [say(turn, 'directives:pictures.hidden', { count: hidden })] : []),
  ].join('\n');
  const more: Choice[] = left > 0 && place === '' ? [moreChoice(turn, directive, page + 1, left)] : [];
  return { ...answer({ text, choices: more }), effects: shown.length > 0 ? [effect] : [] };
}

/** Whether the typed words speak of this unit. */
function isNamed({ deps, at }: Turn<DialogDeps>, unit: string, place: string): boolean {
  const name = foldText(bareNameOn(deps.directory.tree, unit, vnDay(at)));
  return ` ${place} `.includes(` ${name} `);
}
