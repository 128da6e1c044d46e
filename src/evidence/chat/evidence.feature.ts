import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature } from '../../dialogs/feature';
import { momentShort } from '../../kernel/moment';
import type { SendPictures } from '../../outbox/notice-effects';
import { checkVars } from '../../reporting/chat/approval-texts';
import { buttonFacts } from '../../reporting/chat/approving';
import { picturesOf } from '../../reporting/chat/evidence-shown';
import { approvesSomething } from '../../reporting/chat/approval-wishes';
import { numberOf } from '../../reporting/chat/report-facts';

/** Pictures that came beside a report, opened by whoever approves it and by nobody else. */
const seePictures = command<DialogDeps, string>({
  id: 'see-pictures',
  button: '#XEMANH',
  says: [],
  for: approvesSomething,
  read: () => null,
  tapped: (rest) => rest,
  async run(turn, _message, rest) {
    const facts = await buttonFacts(turn, rest);
    if (!facts) return sentence(turn, 'officer:no_right');
    const pictures = await picturesOf(turn, facts);
    const vars = { ...checkVars(turn, facts), count: pictures.length };
    if (pictures.length === 0) return sentence(turn, 'approval:pictures.none', vars);
    const effect: SendPictures = {
      ...{ kind: 'notice.pictures', id: turn.effectId(), to: turn.user, at: turn.at },
      pictures: pictures.map(({ media, figure, at }) => ({
        file: media,
        text: turn.words.t(`approval:pictures.${figure === null ? 'whole' : 'figure'}`, {
          ...{ unit: vars.unit, moment: momentShort(turn.words, at) },
          number: figure === null ? '' : numberOf(facts, figure),
        }),
      })),
    };
    return { ...sentence(turn, 'approval:pictures.shown', vars), effects: [effect] };
  },
});

export default defineFeature<DialogDeps>({ id: 'evidence', commands: [seePictures], dialogs: [] });
