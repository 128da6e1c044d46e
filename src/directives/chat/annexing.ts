import {
  textIn,
  type Input,
  type Step,
  type StepContext,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf } from '../../org/chat/people';
import { ANNEXES_MAX, annexFault, type AnnexFault, type AnnexKind, type NewAnnex } from '../annex';
import type { DirectiveEffect } from './directive-effects';

/** What is not words while an order is being written goes with it as a file; what cannot travel is said at once, with what to do instead. */

type Context = StepContext<DialogDeps>;
type Taken = Required<Pick<StepResult, 'notes' | 'effects'>>;
interface Came {
  readonly kind: AnnexKind;
  readonly name: string;
  readonly url: string;
  readonly bytes: number | null;
}

const LINK = /^https?:\/\/\S+$/;
/** Names as they are once the effects of this turn are done. */
const MEMO = 'annexes';

/** Each step that waits for something takes files too, and asks again; words under a picture are read as well. */
export function takingAnnexes(steps: Readonly<Record<string, Step<DialogDeps>>>) {
  return Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, taking(step)]));
}

function taking(step: Step<DialogDeps>): Step<DialogDeps> {
  if (!step.receive) return step;
  const receive = step.receive.bind(step);
  return {
    ...step,
    async receive(context, input) {
      const came = cameIn(context.turn);
      if (came.length === 0) return receive(context, input);
      const taken = await attached(context, came);
      const here: StepResult = { ...taken, move: { to: 'here' } };
      if (input.text.trim() === '') return here;
      const read = await receive(context, asWords(input));
      if (read.move.to === 'pass' || (read.move.to === 'here' && read.move.miss)) return here;
      return {
        ...read,
        notes: [...taken.notes, ...(read.notes ?? [])],
        effects: [...taken.effects, ...(read.effects ?? [])],
      };
    },
  };
}

const asWords = (input: Input): Input => ({ ...input, event: { ...input.event, kind: 'text' } });

/** An address alone, where nothing is asked: for what is too large to be sent. Null: it is none. */
export async function linkAttached(context: Context, text: string): Promise<StepResult | null> {
  const url = text.trim();
  if (!LINK.test(url)) return null;
  const taken = await attached(context, [{ kind: 'link', name: url, url, bytes: null }]);
  return { ...taken, move: { to: 'here' } };
}

/** Names of the files of the draft, as they are once this turn is done. */
export async function annexNames(turn: Turn<DialogDeps>, id: string): Promise<readonly string[]> {
  const known = turn.memo.get(MEMO) as readonly string[] | undefined;
  return known ?? (await turn.deps.directives.attached(id)).map(({ name }) => name);
}

/** Takes all files off the draft. */
export function detached(turn: Turn<DialogDeps>, directive: string): DirectiveEffect {
  turn.memo.set(MEMO, []);
  return { kind: 'directive.detach', id: turn.effectId(), directive, by: turn.user, at: turn.at };
}

/** Pictures and files of the message. */
function cameIn({ event, words }: Turn<DialogDeps>): readonly Came[] {
  const kind = event.kind;
  if (kind !== 'file' && kind !== 'image') return [];
  return (event.attachments ?? []).flatMap(({ url, name, bytes }, n) =>
    url === undefined
      ? []
      : [
          {
            kind,
            url,
            bytes: bytes ?? null,
            name: name ?? words.t('directives:annex.picture', { n: n + 1 }),
          },
        ],
  );
}

async function attached({ turn, slots }: Context, came: readonly Came[]): Promise<Taken> {
  const { words, user, at, event, deps } = turn;
  const id = textIn(slots, 'id');
  const from = deps.directives.issuer(user, at)?.from ?? '';
  const names = [...(await annexNames(turn, id))];
  const notes: string[] = [];
  const effects: DirectiveEffect[] = [];
  for (const [n, { kind, name, url, bytes }] of came.entries()) {
    const vars = { ...personOf(turn).vars, name, number: textIn(slots, 'number'), most: ANNEXES_MAX };
    const fault: AnnexFault | null =
      annexFault(kind, name, bytes) ?? (names.length >= ANNEXES_MAX ? 'too_many' : null);
    if (fault !== null) {
      notes.push(words.t(`directives:annex.refused.${fault}`, vars));
      continue;
    }
    names.push(name);
    notes.push(words.t('directives:annex.attached', vars));
    const annex: NewAnnex = { id: `${event.id}:a${n}`, directive: id, kind, name, url, from, by: user, at };
    effects.push({ kind: 'directive.attach', id: turn.effectId(), annex });
  }
  turn.memo.set(MEMO, names);
  return { notes, effects };
}
