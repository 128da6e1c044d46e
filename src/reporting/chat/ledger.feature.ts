import type { DialogDeps } from '../../dialogs/deps';
import { defineFeature } from '../../dialogs/feature';
import { compareMonths } from './compare-months-command';
import { taskDone } from './task-commands';
import { compareVneid, explainGap } from './vneid-commands';

/** What stands beside the figures: two sources of one thing, the month before, the tasks of the plan. */
export default defineFeature<DialogDeps>({
  id: 'ledger',
  commands: [compareVneid, explainGap, compareMonths, taskDone],
  dialogs: [],
});
