import { defineForm } from '../form';
import { figureOf } from '../indicators';

/** What each village says every month. The order is that of the numbers on every screen and of the one-line form. */
export default defineForm({
  id: 'village-month',
  cadence: 'month',
  level: 'village',
  calendar: 'month_village',
  figures: [
    figureOf('adults_digital'),
    figureOf('classes_held'),
    figureOf('learners'),
    figureOf('households_helped'),
    figureOf('level2_activated', { optional: true }),
    figureOf('vneid_confirmed', { optional: true }),
    figureOf('benefit_accounts_linked', { optional: true }),
    figureOf('digital_signatures', { optional: true }),
  ],
  checks: [
    { left: 'learners', op: 'needs', right: 'classes_held', else: 'visits_without_sessions' },
    { left: 'classes_held', op: 'needs', right: 'learners', else: 'sessions_without_visits', asks: true },
  ],
});
