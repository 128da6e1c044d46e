import type { DialogDeps } from '../../dialogs/deps';
import { defineFeature } from '../../dialogs/feature';
import { approveAdjustment, askAdjustment, refuseAdjustment } from './adjust-commands';
import { fixForVillage } from './officer-fix-command';
import { compareMonths } from './compare-months-command';
import { totalOfForm } from './form-total-command';
import { sixMonths } from './six-months-command';
import { taskDone, taskEvidence, taskShown } from './task-commands';
import { compareVneid, explainGap } from './vneid-commands';

/** What stands beside the figures: two sources of one thing, the month before, the tasks of the plan. */
export default defineFeature<DialogDeps>({
  id: 'ledger',
  commands: [
    askAdjustment,
    fixForVillage,
    approveAdjustment,
    refuseAdjustment,
    compareVneid,
    explainGap,
    compareMonths,
    sixMonths,
    totalOfForm,
    taskShown,
    taskDone,
  ],
  dialogs: [taskEvidence],
});
