import { defineForm } from '../form';
import { figureOf } from '../indicators';

/** What each village says every month. The order is that of the numbers on every screen and of the one-line form. */
export default defineForm({
  id: 'village-month',
  cadence: 'month',
  levels: ['village'],
  owner: { role: 'village_head', unit: null },
  reporters: ['village_head', 'village_deputy'],
  approvedBy: 'commune',
  calendar: 'month_village',
  figures: [
    figureOf('village.adults_digital'),
    figureOf('village.classes_held'),
    figureOf('village.learners'),
    figureOf('village.households_helped'),
    figureOf('village.level2_activated', { optional: true }),
    figureOf('village.vneid_confirmed', { optional: true }),
    figureOf('village.benefit_accounts_linked', { optional: true }),
    figureOf('village.digital_signatures', { optional: true }),
  ],
  checks: [
    { left: 'learners', op: 'needs', right: 'classes_held', else: 'visits_without_sessions' },
    { left: 'classes_held', op: 'needs', right: 'learners', else: 'sessions_without_visits', asks: true },
  ],
  definition: 1,
  source: 'Kế hoạch đẩy mạnh phong trào «Bình dân học vụ số» năm 2026, nhiệm vụ của UBND xã, phường',
});
