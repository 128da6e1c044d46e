import type { DialogDeps } from '../../dialogs/deps';
import { defineFeature } from '../../dialogs/feature';
import { REMIND_COMMANDS } from './remind-commands';

/** When somebody wishes to be reminded of what they owe. */
export default defineFeature<DialogDeps>({ id: 'reminders', commands: REMIND_COMMANDS, dialogs: [] });
