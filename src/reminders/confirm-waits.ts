import type { StillTrueAnswer, OutboxRow } from '../outbox/outbox-row';
import { awaitsConfirmation } from '../reporting/confirmation';
import type { ReportsService } from '../reporting/reports.service';

/** Whether a commune's month still waits for its chair, at the moment the second request would leave. */
export function confirmWaits(reports: Pick<ReportsService, 'get' | 'contextFor'>) {
  return {
    async isStillNeeded(row: OutboxRow): Promise<StillTrueAnswer> {
      const ref = row.onlyIf?.kind === 'confirm_waits' ? row.onlyIf.ref : '';
      const [form = '', period = '', unit = ''] = ref.split('/');
      if (unit === '') return { now: 'drop' };
      const key = { form, period, unit };
      const waits = awaitsConfirmation(await reports.get(key), await reports.contextFor(key));
      return waits ? { now: 'send' } : { now: 'drop' };
    },
  };
}
