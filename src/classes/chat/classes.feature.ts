import type { DialogDeps } from '../../dialogs/deps';
import { defineFeature } from '../../dialogs/feature';
import { ASKED_COMMANDS } from './asked-commands';
import aboutClass from './about-class.dialog';
import changeClass from './change-class.dialog';
import { LEAD_COMMANDS } from './lead-commands';
import { NEAR_COMMANDS, showNear } from './near-commands';
import nearDialog from './near.dialog';
import openClass from './open-class.dialog';
import { bareNameUnderClasses } from './place-said';
import recordClass from './record-class.dialog';
import notHeld from './not-held.dialog';
import { numberOfClass, RECORD_COMMANDS } from './record-commands';
import { SIGN_UP_COMMANDS } from './sign-up-commands';

/** Classes in chat: announced, moved, called off, found, signed up for, and counted afterwards. */
export default defineFeature<DialogDeps>({
  id: 'classes',
  commands: [...LEAD_COMMANDS, ...NEAR_COMMANDS, ...SIGN_UP_COMMANDS, ...RECORD_COMMANDS, ...ASKED_COMMANDS],
  dialogs: [openClass, changeClass, nearDialog, recordClass, aboutClass, notHeld],
  otherwise: async (turn, message) =>
    (await numberOfClass(turn, message)) ?? bareNameUnderClasses(turn, message, showNear),
});
