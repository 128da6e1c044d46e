import { AN, contract, DATA, DAY, STRANGER, times, type Zalo } from './world';

/** Sections 2.11 and 4: template messages by user id and by phone number. */

const byUser =
  (more: object = {}) =>
  (z: Zalo) =>
    z.post('/v3.0/oa/message/template', { user_id: AN, template_id: '512345', template_data: DATA, ...more });
const PHONE = '84900000001';
const byPhone =
  (more: object = {}) =>
  (z: Zalo) =>
    z.post('/message/template', {
      phone: PHONE,
      template_id: '512345',
      template_data: DATA,
      tracking_id: 'hs-1',
      ...more,
    });
const listed = async (z: Zalo) => {
  await z.account({ phones: 'listed' });
  await z.act(AN, 'phone', { phone: PHONE });
};

contract('by user id', [
  [
    '2.11',
    'accepted',
    byUser(),
    {
      error: 0,
      data: {
        message_id: expect.any(String),
        user_id: AN,
        sent_time: expect.any(String),
        quota: { quota_type: 'purchase_quota', remain: expect.any(String) },
      },
    },
  ],
  ['2.11', 'outside every window', byUser(), { error: 0 }, (z) => z.muchLater(60 * DAY)],
  ['2.11', 'a number as id of the template', byUser({ template_id: 512345 }), { error: 0 }],
  ['2.11', '-201 a stranger', byUser({ user_id: STRANGER }), { error: -201 }],
  ['2.11', '-201 no JSON', (z) => z.post('/v3.0/oa/message/template', '{'), { error: -201 }],
  ['8.1', '-244 who restricts it', byUser(), { error: -244 }, (z) => z.act(AN, 'refuse', { code: -244 })],
  ['8.1', '-227 who is gone', byUser(), { error: -227 }, (z) => z.act(AN, 'refuse', { code: -227 })],
  ['8.1', '-320 no wallet', byUser(), { error: -320 }, (z) => z.account({ wallet: 'unlinked' })],
  ['8.1', '-321 an empty wallet', byUser(), { error: -321 }, (z) => z.account({ wallet: 'empty' })],
  [
    '2.11',
    '-249 a template that cannot go this way',
    byUser({ template_id: '512347', template_data: {} }),
    { error: -249 },
  ],
  ['8.3', '-109 an unknown template', byUser({ template_id: '1' }), { error: -109 }],
  ['8.3', '-131 a template not approved', byUser({ template_id: '512348' }), { error: -131 }],
  [
    '8.3',
    '-131 a template in review',
    byUser(),
    { error: -131 },
    (z) => z.sim('/templates', { id: '512345', status: 'PENDING_REVIEW' }),
  ],
  ['8.3', '-146 a template disabled for its quality', byUser({ template_id: '512349' }), { error: -146 }],
  ['8.3', '-117 a template of another account', byUser({ template_id: '512350' }), { error: -117 }],
  ['8.3', '-111 no data', byUser({ template_data: undefined }), { error: -111 }],
  ['4.3', '-1122 a value is missing', byUser({ template_data: { ten: 'An' } }), { error: -1122 }],
  ['4.3', '-1122 a value is empty', byUser({ template_data: { ...DATA, ten: '' } }), { error: -1122 }],
  ['4.3', 'an optional value may be missing', byUser({ template_data: DATA }), { error: 0 }],
  [
    '4.3',
    'thirty code points fit',
    byUser({ template_data: { ...DATA, ten: 'Ế'.repeat(30) } }),
    { error: 0 },
  ],
  [
    '4.3',
    '-1121 a value is too long',
    byUser({ template_data: { ...DATA, ten: 'a'.repeat(31) } }),
    { error: -1121 },
  ],
  [
    '4.3',
    'decomposed letters are counted composed',
    byUser({ template_data: { ...DATA, ten: 'Ế'.normalize('NFD').repeat(30) } }),
    { error: 0 },
  ],
  [
    '4.4',
    '-1124 a date of another form',
    byUser({ template_data: { ...DATA, ngay: '17-11-2026' } }),
    { error: -1124 },
  ],
  [
    '4.4',
    'a date with its time',
    byUser({ template_data: { ...DATA, ngay: '17:00 17/11/2026' } }),
    { error: 0 },
  ],
  ['4.2', '-1124 a value that is no text', byUser({ template_data: { ...DATA, ten: 5 } }), { error: -1124 }],
  ['3.3', 'transaction at night', byUser(), { error: 0 }, async (z) => z.at('2026-11-10T23:00:00+07:00')],
  [
    '3.3',
    '-234 promotion at night',
    byUser({ template_id: '512346', template_data: {} }),
    { error: -234 },
    async (z) => z.at('2026-11-10T22:00:00+07:00'),
  ],
  ['3.3', 'promotion by day', byUser({ template_id: '512346', template_data: {} }), { error: 0 }],
]);

contract('by phone number', [
  [
    '4.2',
    'accepted',
    byPhone(),
    {
      error: 0,
      data: {
        msg_id: expect.any(String),
        sent_time: expect.any(String),
        sending_mode: '1',
        quota: { dailyQuota: '500', remainingQuota: '499' },
      },
    },
  ],
  ...['+84900000001', '0900000001', '900000001'].map(
    (phone) => ['4.2', `the form ${phone}`, byPhone({ phone }), { error: 0 }] as const,
  ),
  ...['12345', '+1 202 555 0100', 'abc', ''].map(
    (phone) => ['8.3', `-108 «${phone}»`, byPhone({ phone }), { error: -108 }] as const,
  ),
  ['8.3', '-118 no account with this number', byPhone({ phone: '84900000002' }), { error: -118 }, listed],
  ['4.2', 'an account with this number', byPhone(), { error: 0 }, listed],
  [
    '8.3',
    '-119 an account that cannot receive',
    byPhone(),
    { error: -119 },
    async (z) => {
      await listed(z);
      await z.act(AN, 'refuse', { code: -227 });
    },
  ],
  [
    '8.3',
    '-141 who refused this account',
    byPhone(),
    { error: -141 },
    async (z) => {
      await listed(z);
      await z.act(AN, 'refuse', { code: -244 });
    },
  ],
  ['8.3', '-109 an unknown template', byPhone({ template_id: '1' }), { error: -109 }],
  ['8.3', '-1122 a value is missing', byPhone({ template_data: {} }), { error: -1122 }],
  [
    '8.3',
    '-1121 a value is too long',
    byPhone({ template_data: { ...DATA, ten: 'a'.repeat(31) } }),
    { error: -1121 },
  ],
  ['8.3', '-131 a template not approved', byPhone({ template_id: '512348' }), { error: -131 }],
  ['8.3', '-146 a disabled template', byPhone({ template_id: '512349' }), { error: -146 }],
  [
    '4.1',
    'a template that cannot go by user id',
    byPhone({ template_id: '512347', template_data: {} }),
    { error: 0 },
  ],
  ['8.3', '-121 no body', (z) => z.post('/message/template'), { error: -121 }],
  ['8.3', '-122 no JSON', (z) => z.post('/message/template', '{'), { error: -122 }],
  ['4.2', 'a tracking_id of 48', byPhone({ tracking_id: 'a'.repeat(48) }), { error: 0 }],
  ['0.8', '-132 a tracking_id of 49', byPhone({ tracking_id: 'a'.repeat(49) }), { error: -132 }],
  ['4.2', '-132 a tracking_id that is not plain', byPhone({ tracking_id: 'hồ sơ' }), { error: -132 }],
  ['4.2', 'no tracking_id', byPhone({ tracking_id: undefined }), { error: 0 }],
  ['4.2', '-127 development to somebody', byPhone({ mode: 'development' }), { error: -127 }],
  [
    '4.2',
    'development to an admin',
    byPhone({ mode: 'development' }),
    { error: 0 },
    (z) => z.account({ testPhones: [PHONE] }),
  ],
  ['4.2', '-132 another mode', byPhone({ mode: 'x' }), { error: -132 }],
  ['8.3', '-161 an unknown sending_mode', byPhone({ sending_mode: '2' }), { error: -161 }],
  [
    '8.3',
    '-162 mode 3 for tag 1',
    byPhone({ sending_mode: '3' }),
    { error: -162 },
    (z) => z.account({ beyondQuota: true }),
  ],
  [
    '8.3',
    '-162 mode 3 where it was not granted',
    byPhone({ sending_mode: '3', template_id: '512346', template_data: {} }),
    { error: -162 },
  ],
  [
    '4.2',
    'mode 3 for tag 3, beyond the quota',
    byPhone({ sending_mode: '3', template_id: '512346', template_data: {} }),
    { error: 0 },
    (z) => z.account({ beyondQuota: true, phoneQuota: 0 }),
  ],
  [
    '8.3',
    '-144 the limit of the day',
    (z) => times(3, () => byPhone()(z)),
    { error: -144 },
    (z) => z.account({ phoneQuota: 2 }),
  ],
  [
    '4.5',
    'the next day has its own',
    async (z) => {
      await times(2, () => byPhone()(z));
      z.at('2026-11-11T00:00:00+07:00');
      return byPhone()(z);
    },
    { error: -133 },
    (z) => z.account({ phoneQuota: 2 }),
  ],
  [
    '8.3',
    '-133 a template not for the night',
    byPhone(),
    { error: -133 },
    async (z) => z.at('2026-11-10T22:00:00+07:00'),
  ],
  ['8.3', '-136 no wallet', byPhone(), { error: -136 }, (z) => z.account({ wallet: 'unlinked' })],
  ['8.3', '-137 an empty wallet', byPhone(), { error: -137 }, (z) => z.account({ wallet: 'empty' })],
  [
    '4.2',
    'the same tracking_id sends again',
    async (z) => {
      const [a, b] = [await byPhone()(z), await byPhone()(z)];
      return { isSame: a.data.msg_id === b.data.msg_id };
    },
    { isSame: false },
  ],
  [
    '4.2',
    'by the hash of the number',
    (z) =>
      z.post('/message/template/hashphone', {
        hash_phone: '116ce31ae9170769b075a11dedca1198f41d30318334919fb90917e9c617b438',
        template_id: '512345',
        template_data: DATA,
      }),
    { error: 0 },
    (z) => z.act(AN, 'phone', { phone: '84987654321' }),
  ],
  [
    '8.3',
    '-108 a hash of nobody',
    (z) =>
      z.post('/message/template/hashphone', { hash_phone: 'ab', template_id: '512345', template_data: DATA }),
    { error: -108 },
  ],
]);

contract('reading', [
  [
    '4.3',
    'the status of a message',
    async (z) => z.get('/message/status', { message_id: (await byPhone()(z)).data.msg_id }),
    { data: { status: 1, delivery_time: expect.any(String), message: expect.any(String) } },
  ],
  ['8.3', '-107 of no message', (z) => z.get('/message/status', { message_id: 'x' }), { error: -107 }],
  [
    '4.3',
    'the quota',
    (z) => z.get('/message/quota'),
    { data: { dailyQuota: '500', remainingQuota: '500', dailyQuotaPromotion: null } },
  ],
  ['4.3', 'the tags', (z) => z.get('/message/template-tag'), { data: ['TRANSACTION', 'CUSTOMER_CARE'] }],
  [
    '4.3',
    'the quality',
    (z) => z.get('/quality'),
    { data: { oaCurrentQuality: 'HIGH', oa7dayQuality: 'HIGH' } },
  ],
  [
    '4.3',
    'all templates',
    (z) => z.get('/template/all', { offset: '0', limit: '100' }),
    {
      metadata: { total: 6 },
      data: expect.arrayContaining([
        expect.objectContaining({ templateId: '512345', status: 'ENABLE', templateQuality: 'HIGH' }),
      ]),
    },
  ],
  [
    '4.3',
    'a page of templates',
    async (z) => ({ n: (await z.get('/template/all', { offset: '4', limit: '100' })).data.length }),
    { n: 2 },
  ],
  [
    '4.3',
    'rejected templates',
    (z) => z.get('/template/all', { offset: '0', limit: '10', status: '3' }),
    { metadata: { total: 1 }, data: [{ templateId: '512348' }] },
  ],
  [
    '4.3',
    '-132 more than 100',
    (z) => z.get('/template/all', { offset: '0', limit: '101' }),
    { error: -132 },
  ],
  [
    '4.3',
    'a template',
    (z) => z.get('/template/info/v2', { template_id: '512345' }),
    {
      data: {
        templateId: '512345',
        status: 'ENABLE',
        listParams: [
          { name: 'ten', require: true, maxLength: 30, type: 'STRING' },
          { name: 'ngay', type: 'DATE' },
          { name: 'ghi_chu', require: false, acceptNull: true },
        ],
        price_sdt: expect.any(String),
        price_uid: expect.any(String),
        templateTag: 'TRANSACTION',
      },
    },
  ],
  ['8.3', '-109 no template', (z) => z.get('/template/info/v2', { template_id: '1' }), { error: -109 }],
  [
    '4.3',
    'a sample of its data passes',
    async (z) =>
      byUser({ template_data: (await z.get('/template/sample-data', { template_id: '512345' })).data })(z),
    { error: 0 },
  ],
  [
    '4.3',
    'ratings',
    (z) =>
      z.post('/rating/get', { from_time: '1794200000000', to_time: '1794300000000', offset: 0, limit: 10 }),
    { data: { total: 0 } },
  ],
  [
    '4.3',
    'quick answers',
    (z) =>
      z.post('/response/get', { from_time: '1794200000000', to_time: '1794300000000', offset: 0, limit: 10 }),
    { data: { total: 0 } },
  ],
  ['4.3', '-132 ratings without times', (z) => z.post('/rating/get', {}), { error: -132 }],
]);
