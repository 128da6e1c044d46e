import type { StepResult } from '../../conversation/dialog';
import { answer, say } from '../../dialogs/answer';
import { foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { communeMeant } from '../../org/communes';
import { calledName, givenName } from '../../org/chat/people';
import { postFor, takersAt, type Claimed } from '../desk';
import { isOpen, type Thread } from '../thread';
import { handOn } from '../thread-acts';
import { busy, toPerson, withPost } from './officer-acts';
import type { Tell } from './tell';
import { deskName, personName, templateOf, threadChoice, timeOf, topicOf } from './thread-words';
import { saveEffect, sayTo, type HandoverTurn } from './turn-threads';

/** «Chuyển 1 cho chị Lan», «… cho xã Tam Tiến», «… cho Sở»: what was promised stays promised, and the person hears who has it. */

type Target = { readonly desk: string; readonly officer: Claimed | null };

export function handThreadOn(turn: HandoverTurn, thread: Thread, to: string): Promise<StepResult> {
  return withPost(turn, thread, async () => {
    const other = thread.standing.holder?.user ?? null;
    if (!isOpen(thread) || (other !== null && other !== turn.user && !isAbove(turn, thread)))
      return busy(turn, thread);
    const targets = targetsOf(turn, thread, to);
    const [target] = targets;
    if (!target || targets.length > 1)
      return answer({ text: say(turn, 'handover:hand_on.whom', { names: namesAt(turn, thread) }) });
    const { directory, handover } = turn.deps;
    const { desk, officer } = target;
    const receivers = officer ? [officer] : takersAt(directory, desk, turn.at);
    if (receivers.length === 0)
      return answer({
        text: say(turn, 'handover:hand_on.nobody', { desk: deskName(turn.words, turn.deps, desk, turn.at) }),
      });
    const holder = officer ? { office: officer.id, user: officer.user } : null;
    const after = handOn(thread, { desk, holder }, turn.at, handover.times);
    if (!after) return busy(turn, thread);
    const name = officer ? calledName(turn.words, officer) : deskName(turn.words, turn.deps, desk, turn.at);
    const until = after.promisedAt !== null && after.answeredAt === null && after.promisedAt > turn.at;
    const told = sayTo(turn, thread.by, until ? 'handover:told.handed_on' : 'handover:told.handed_on_late', {
      name,
      until: after.promisedAt ? timeOf(turn.words, after.promisedAt, turn.at) : '',
    });
    return {
      ...answer({ text: say(turn, 'handover:hand_on.done', { name }) }),
      effects: [
        saveEffect(turn, thread, after, {
          officer: true,
          tell: [toPerson(turn, thread, told), ...receivers.map((one) => toReceiver(turn, after, one))],
        }),
      ],
    };
  });
}

function toReceiver(turn: HandoverTurn, thread: Thread, office: Claimed): Tell {
  const { words, deps, at } = turn;
  const mine = thread.standing.holder?.user === office.user;
  return {
    to: office.user,
    text: sayTo(turn, office.user, mine ? 'handover:told.handed_to_you' : 'handover:told.handed_to_desk', {
      person: personName(words, deps, thread, at),
      topic: topicOf(words, thread),
      until: thread.promisedAt ? timeOf(words, thread.promisedAt, at) : '',
    }),
    choices: [
      mine
        ? threadChoice(words, thread.id, '#TRALOI', 'answer')
        : threadChoice(words, thread.id, '#NHANTIN', 'take'),
    ],
    purpose: 'notice',
    template: templateOf(words, deps, thread, office.user, at),
  };
}

/** Those whom the words can mean: an officer of the desk by name, another commune, or the province. */
function targetsOf(turn: HandoverTurn, thread: Thread, to: string): Target[] {
  const { directory, handover } = turn.deps;
  const fold = foldText(to.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' ')).trim();
  const root = directory.tree.ancestors(thread.desk, vnDay(turn.at)).at(-1)?.code;
  if (root !== undefined && /^(?:so|tinh|so khoa hoc.*|cap tren|len tren)$/.test(fold))
    return [{ desk: root, officer: null }];
  const named = officersAt(turn, thread).filter(
    (office) =>
      office.user !== turn.user &&
      (fold.split(' ').at(-1) === foldText(givenName(office.fullName)) || fold === foldText(office.fullName)),
  );
  if (named.length > 0) return named.map((officer) => ({ desk: thread.desk, officer }));
  const meant = communeMeant(to, handover.places(turn.at));
  return meant.kind === 'one' && meant.code !== thread.desk ? [{ desk: meant.code, officer: null }] : [];
}

function officersAt(turn: HandoverTurn, thread: Thread): readonly Claimed[] {
  const { directory } = turn.deps;
  return directory
    .holdersOf(thread.desk, ['commune_officer', 'commune_chair', 'department', 'province'])
    .filter(({ user }) => postFor(directory, user, thread.desk, turn.at) !== null);
}

function namesAt(turn: HandoverTurn, thread: Thread): string {
  const names = officersAt(turn, thread)
    .filter(({ user }) => user !== turn.user)
    .map((office) => calledName(turn.words, office));
  return names.length > 0 ? names.join(', ') : say(turn, 'handover:hand_on.no_names');
}

/** Who stands above the desk may take a talk from one of it and give it to another. */
function isAbove(turn: HandoverTurn, thread: Thread): boolean {
  const post = postFor(turn.deps.directory, turn.user, thread.desk, turn.at);
  return post !== null && post.role !== 'commune_officer';
}
