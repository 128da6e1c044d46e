import type { DialogDeps } from '../../dialogs/deps';
import { defineFeature } from '../../dialogs/feature';
import { nominate } from './nominate-commands';
import { RECORD_COMMANDS } from './recognition-commands';

/** What a unit has done, whom to propose for the awards, and the list of those proposed. */
export default defineFeature<DialogDeps>({
  id: 'recognition',
  commands: [nominate, ...RECORD_COMMANDS],
  dialogs: [],
});
