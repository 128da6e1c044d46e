import { defineForm } from '../form';
import { figureOf } from '../indicators';

/**
 * What each commune adds to the sums of its villages every month, before the 20th. The sums are computed and never typed;
 * `adults_digital_share` is offered its numerator from them.
 */
export default defineForm({
  id: 'commune-month',
  cadence: 'month',
  levels: ['commune'],
  owner: { role: 'commune_officer', unit: null },
  reporters: ['commune_officer'],
  approvedBy: 'department',
  confirmedBy: ['commune_chair'],
  calendar: 'month_commune',
  figures: [
    figureOf('commune.digital_teams'),
    figureOf('commune.team_members'),
    figureOf('commune.portal_guides'),
    figureOf('commune.portal_link', { after: 'portal_guides' }),
    figureOf('commune.officials_digital'),
    figureOf('commune.adults_digital_share'),
    figureOf('commune.workers_digital', { mayBeMissing: true }),
    figureOf('commune.difficulties', { mayBeEmpty: true }),
    figureOf('commune.proposals', { mayBeEmpty: true }),
  ],
  checks: [{ left: 'digital_teams', op: '<=', right: 'team_members', else: 'teams_over_members' }],
  definition: 1,
  source: 'Kế hoạch đẩy mạnh phong trào «Bình dân học vụ số» năm 2026, nhiệm vụ của UBND xã, phường',
});
