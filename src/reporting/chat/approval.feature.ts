import type { DialogDeps } from '../../dialogs/deps';
import { defineFeature } from '../../dialogs/feature';
import { APPROVAL_COMMANDS } from './approval-commands';
import { tablePasted } from './table-pasted';
import { CONFIRM_COMMANDS } from './confirm-commands';
import chooseValue from './choose-value.dialog';
import correction from './correction.dialog';
import enterFigures from './enter-figures.dialog';
import { OFFICER_ASIDES } from './officer-aside-commands';
import returnFigure from './return-figure.dialog';
import returned from './returned.dialog';
import sendPartly from './send-partly.dialog';
import { explainSilence } from './silent-commands';
import silentWhy from './silent-why.dialog';
import { answersReturned, VILLAGE_COMMANDS } from './village-commands';

/** Checking: what waits, approving, sending back, entering on behalf, more time; and what the village says to each. */
export default defineFeature<DialogDeps>({
  id: 'approval',
  commands: [
    ...[...APPROVAL_COMMANDS, ...OFFICER_ASIDES, ...CONFIRM_COMMANDS],
    ...[explainSilence, ...VILLAGE_COMMANDS],
  ],
  dialogs: [returnFigure, enterFigures, chooseValue, returned, sendPartly, correction, silentWhy],
  otherwise: async (turn, message) =>
    (await answersReturned(turn, message)) ?? (await tablePasted(turn, message)),
});
