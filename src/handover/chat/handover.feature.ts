import type { Choice, StepResult } from '../../conversation/dialog';
import { answer, say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { defineFeature, type Feature, type Message } from '../../dialogs/feature';
import { communeMeant } from '../../org/communes';
import { answersSomewhere } from '../desk';
import { personOf } from '../../org/chat/people';
import { foldText } from '../../kernel/vn-text';
import { again, human, moveHouse, rating, toBot, whoHelps } from './citizen-commands';
import { feedback } from './feedback-commands';
import communeDialog from './commune.dialog';
import { handOverDialog } from './hand-over.dialog';
import { inTalk, otherwiseInTalk } from './in-talk';
import {
  answerCommand,
  doneCommand,
  handOnCommand,
  noteCommand,
  queue,
  replyButton,
  takeCommand,
  viewCommand,
} from './officer-commands';
import { feedbackDialog, replyDialog } from './reply.dialog';
import type { HandoverTurn } from './turn-threads';

/** Talks with a human: who asks for one, who answers, where people live. `features`: all there are, to see whether there are classes. */
export function handoverFeature(features: () => readonly Feature<never>[]): Feature<DialogDeps> {
  function classChoice(turn: HandoverTurn): Choice[] {
    const nearest = features()
      .flatMap(({ commands }) => commands)
      .find(({ says }) => says.includes('lớp gần tôi'));
    return nearest?.button
      ? [{ id: 'CLASS', label: say(turn, 'handover:buttons.class'), command: nearest.button }]
      : [];
  }

  return defineFeature<DialogDeps>({
    id: 'handover',
    commands: [
      human,
      again,
      toBot,
      rating,
      whoHelps,
      moveHouse,
      feedback,
      queue,
      takeCommand,
      answerCommand,
      handOnCommand,
      doneCommand,
      viewCommand,
      noteCommand,
      replyButton,
    ],
    dialogs: [communeDialog, handOverDialog(classChoice), replyDialog, feedbackDialog],
    otherwise: (turn, message) => whereAbout(turn, message),
    first: {
      sees: ['words', 'no_words'],
      run: async (turn, conversation) =>
        (await inTalk(turn)) ??
        blocked(
          turn,
          conversation.stack.some(({ dialog }) => dialog === 'reply'),
        ),
    },
  });
}

const ASKS_WHERE =
  /(?:^| )(?:o dau|cho nao|noi nao|dau|den dau|ra dau|dia chi)(?: (?:vay|the|a|em|nhi|duoc|day|nhe))*$|(?:^| )(?:gan nhat|gan day|gan nha|gan cho|gan truong)(?: |$)/;

/** A place that is described: «gần chợ …», «xã …». */
const DESCRIBED =
  /(?:^| )(?:gan|canh|doi dien|ben canh|sau|truoc) (?:cho|truong|cau|chua|dinh|uy ban|ubnd|benh vien|nga|khu cong nghiep|kcn|ga|ben)(?: |$)|(?:^| )(?:o|ve|tai|thuoc) (?:xa|phuong|thi tran) (?!nao|minh|nay|toi|em)\S+/;

/** «Ở gần chợ Vôi, xã Lạng Giang làm ở đâu»: a citizen names where they live and asks where to go; nobody else took it. */
async function whereAbout(turn: HandoverTurn, { fold, text, person }: Message): Promise<StepResult | null> {
  if (person.offices.length > 0 || turn.event.kind !== 'text' || !ASKS_WHERE.test(fold.trim())) return null;
  const { kind } = communeMeant(text, turn.deps.handover.places(turn.at));
  // «Phổ cập … ở đâu», «cho hỏi … chỗ nào» only begin like «phố …» and «chợ …».
  if (kind === 'unclear' && !DESCRIBED.test(fold)) return null;
  return kind === 'none' ? null : { move: { to: 'dialog', dialog: 'commune', slots: { typed: text } } };
}

/** Asked last of all: what nobody took, of somebody with an open talk, goes to that. */
export const talkRest: Feature<DialogDeps> = defineFeature<DialogDeps>({
  id: 'handover-rest',
  commands: [],
  dialogs: [],
  otherwise: otherwiseInTalk,
});

/** An officer's answer with a secret in it goes to nobody. */
function blocked(turn: HandoverTurn, replying: boolean): StepResult | null {
  if (turn.event.secrets.length === 0 || !answersSomewhere(personOf(turn).offices)) return null;
  const answers = /^(?:em |toi |anh |chi )?(?:tra loi|tl|ghi chu) (?:so |cau )?\d{1,2}/.test(
    foldText(turn.event.text.trim()),
  );
  return answers || replying ? answer({ text: say(turn, 'handover:answer.secret') }) : null;
}
