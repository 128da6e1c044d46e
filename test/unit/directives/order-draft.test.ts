import { directiveId } from '../../../src/directives/chat/order-draft';
import { actPayload, readAct } from '../../../src/directives/directive-words';
import { maskSecrets } from '../../../src/kernel/secrets';

/** Ids and payloads that travel through what covers secrets. */

it('a payload is never taken for a secret, whatever the id', () => {
  for (let n = 0; n < 2_000; n += 1) {
    const payload = actPayload('NHAN', directiveId(`event-${n}`), '99001-07');
    expect(maskSecrets(payload, (digits) => digits).text).toBe(payload);
  }
});

it('a payload is read as it was written, in either shape', () => {
  const id = directiveId('e1');
  expect(readAct(actPayload('LAM', id, '99001-07').slice('#CV_'.length))).toEqual({
    act: 'LAM',
    directive: id,
    unit: '99001-07',
  });
  expect(readAct(`XEM_${id}`)).toEqual({ act: 'XEM', directive: id, unit: null });
  expect(readAct('145')).toBeNull();
});
