import { createMetrics } from '../../../src/observability/metrics';

describe('metrics', () => {
  it('shows every stage of the path, those at zero too', async () => {
    const text = await createMetrics().text();
    for (const stage of ['received', 'duplicate', 'stored', 'processed', 'failed', 'set_aside'])
      expect(text).toContain(`inbox_${stage}_total 0`);
    for (const stage of ['queued', 'sent', 'deferred', 'uncertain'])
      expect(text).toContain(`outbox_${stage}_total 0`);
    expect(text).toContain('webhook_requests_total{outcome="wrong_signature"} 0');
  });

  it('counts, and shows the same however often it is asked', async () => {
    const metrics = createMetrics();
    metrics.inbox('stored');
    metrics.inbox('stored', 4);
    metrics.outbox('sent');
    metrics.dropped('expired');
    metrics.webhook('probe');
    await metrics.text();
    const text = await metrics.text();
    expect(text).toContain('inbox_stored_total 5');
    expect(text).toContain('outbox_sent_total 1');
    expect(text).toContain('outbox_dropped_total{reason="expired"} 1');
    expect(text).toContain('webhook_requests_total{outcome="probe"} 1');
    expect(metrics.counts()).toMatchObject({
      inbox_stored_total: 5,
      'outbox_dropped_total{reason="expired"}': 1,
    });
  });

  it('does not grow with the number of reasons', async () => {
    const metrics = createMetrics();
    for (let i = 0; i < 500; i += 1) metrics.dropped(`reason ${i}`);
    const reasons = (await metrics.text()).match(/outbox_dropped_total\{/g) ?? [];
    expect(reasons.length).toBeLessThanOrEqual(61);
    expect(metrics.counts()['outbox_dropped_total{reason="other"}']).toBe(440);
  });

  it('reads gauges when asked, by their latest reader', async () => {
    const metrics = createMetrics();
    metrics.gauge('inbox_waiting', 'Rows waiting', () => 3);
    metrics.gauge('inbox_waiting', 'Rows waiting', () => 7);
    expect(await metrics.text()).toContain('inbox_waiting 7');
  });

  it('shows the process when asked to', async () => {
    expect(await createMetrics({ process: true }).text()).toContain('process_resident_memory_bytes');
  });
});
