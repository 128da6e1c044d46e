import listing from './listing.dialog';
import menu, { loneNumber } from './menu.dialog';
import onboarding from '../org/chat/onboarding.dialog';
import report from '../reporting/chat/report.dialog';

/** Every dialog there is. A new one is a file beside these and a line here. */
export const DIALOGS = [report, onboarding, menu, loneNumber, listing];
