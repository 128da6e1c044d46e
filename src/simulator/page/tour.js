import { byId } from './dom.js';
import { call } from './server.js';
import { t } from './words.js';

/**
 * «Chạy thử một tháng»: a whole month of one commune, played by the page as people would, with stops where a person would
 * look. Every stop is data: who says what, how far the clock goes, and whose phone is opened.
 */

const FIGURES = [
  '300 4 90 7',
  '418 5 121 14',
  '260 3 66 9',
  '512 8 204 21',
  '190 2 41 5',
  '333 4 88 10',
  '275 3 60 6',
];

/** The stops, in order. `at` moves the clock; `do` gets the cast; `show` names the phones to open. */
const STOPS = [
  { id: 'claim', do: (cast) => cast.everybodyClaims(), show: ['head0', 'officer'] },
  { id: 'opening', at: '2026-03-13T08:01:00+07:00', show: ['head0', 'officer'] },
  { id: 'report', do: (cast) => cast.reports(0, 3), show: ['head0'] },
  {
    id: 'question',
    do: (cast) => cast.say('head3', 'báo cáo', 'vneid quên mật khẩu thì làm sao'),
    show: ['head3'],
  },
  {
    id: 'order',
    at: '2026-03-13T09:00:00+07:00',
    do: (cast) => cast.orders(),
    show: ['department', 'officer'],
  },
  {
    id: 'order_down',
    do: (cast) => cast.say('officer', 'đã nhận 145: mượn máy chiếu gặp anh Bình'),
    show: ['officer', 'head0', 'head1'],
  },
  { id: 'order_back', do: (cast) => cast.answers(), show: ['head1', 'officer', 'department'] },
  { id: 'reminder', at: '2026-03-15T08:01:00+07:00', show: ['head4'] },
  { id: 'rest', do: (cast) => cast.reports(3, 6), show: ['officer'] },
  { id: 'last_morning', at: '2026-03-17T08:01:00+07:00', show: ['head6'] },
  { id: 'late', at: '2026-03-17T17:06:00+07:00', show: ['officer'] },
  { id: 'status', do: (cast) => cast.say('officer', 'tình hình', 'chờ duyệt'), show: ['officer'] },
  { id: 'approve', do: (cast) => cast.say('officer', 'duyệt hết'), show: ['officer', 'head0'] },
  { id: 'commune', at: '2026-03-18T09:00:00+07:00', do: (cast) => cast.communeReports(), show: ['officer'] },
  {
    id: 'department',
    do: (cast) => cast.say('department', 'tổng tháng 3', 'xã nào chưa nộp'),
    show: ['department'],
  },
  {
    id: 'release',
    at: '2026-03-24T16:00:00+07:00',
    do: (cast) => cast.say('department', 'chốt số tháng 3'),
    show: ['department'],
  },
];

/** The people of the play: villages of the first commune that has seven, its officer, and the department. */
function castOf(codes, { addPerson, sayAs }) {
  const free = codes.filter((code) => !code.claimed);
  const heads = new Map();
  for (const code of free.filter(({ role }) => role === 'village_head')) {
    const commune = code.unit.split('-')[0];
    heads.set(commune, [...(heads.get(commune) ?? []), code]);
  }
  const [commune, villages] = [...heads].find(([, list]) => list.length >= 7) ?? [];
  const officer = free.find(({ role, unit }) => role === 'commune_officer' && unit === commune);
  const department = free.find(({ role }) => role === 'department');
  if (!villages || !officer || !department) return null;
  const codesOf = { officer, department };
  villages.slice(0, 7).forEach((code, i) => (codesOf[`head${i}`] = code));
  const ids = {};
  const say = async (who, ...texts) => {
    for (const text of texts) await sayAs(ids[who], text);
  };
  return {
    ids,
    say,
    async everybodyClaims() {
      for (const [who, code] of Object.entries(codesOf)) {
        ids[who] = await addPerson(`${code.fullName}, ${code.unitName}`);
        await say(who, code.code, 'đúng');
      }
    },
    async reports(from, to) {
      for (let i = from; i < to; i += 1) await say(`head${i}`, `BC ${FIGURES[i]}`, 'gửi');
    },
    orders: () =>
      say(
        'department',
        `giao 145/UBND-VX, gấp, hạn 20/3, ${officer.unitName}: mỗi nơi mở ít nhất 1 buổi học trong tuần`,
        'gửi',
      ),
    async answers() {
      for (const i of [0, 3, 4, 5, 6]) await say(`head${i}`, 'đã nhận 145');
      await say('head1', 'vướng 145: thiếu máy chiếu');
      await say('head2', 'xong 145');
      await say('officer', 'hàng chờ', 'nhận 1', 'trả lời 1: chiều nay bác sang xã lấy máy nhé');
      await say('department', 'tiến độ 145');
    },
    communeReports: () =>
      say(
        'officer',
        ...['báo cáo xã', '29', '210', 'rồi', t('simulator:tour_link'), '45 trên 52 đến 14/3'],
        ...['3.100 trên 8.400 đến 14/3', 'chưa có', 'thiếu máy chiếu ở 3 thôn', 'không', 'gửi'],
      ),
  };
}

/** `play` and the rest are the page's own acts. Answers the function that redraws the card in another language. */
export function createTour({ addPerson, sayAs, openOnly, reload, onFail }) {
  let place = -1;
  let cast = null;
  let busy = false;

  function draw() {
    const running = place >= 0;
    byId('tour-card').hidden = !running;
    byId('tour').disabled = running || busy;
    if (!running) return;
    const stop = STOPS[place];
    byId('tour-title').textContent = t(`simulator:tour_${stop.id}`);
    byId('tour-text').textContent = t(`simulator:tour_${stop.id}_text`);
    byId('tour-count').textContent = t('simulator:tour_count', { n: place + 1, all: STOPS.length });
    byId('tour-next').textContent = t(
      place + 1 < STOPS.length ? 'simulator:tour_next' : 'simulator:tour_end',
    );
    byId('tour-next').disabled = busy;
  }

  async function next() {
    if (busy) return;
    if (place + 1 >= STOPS.length) {
      place = -1;
      return draw();
    }
    busy = true;
    place += 1;
    draw();
    try {
      const stop = STOPS[place];
      if (stop.at) await call('POST', '/clock', { now: stop.at });
      await stop.do?.(cast);
      await reload();
      await openOnly(stop.show.map((who) => cast.ids[who]));
    } catch (error) {
      onFail(error);
      place = -1;
    } finally {
      busy = false;
      draw();
      byId('tour-next').focus();
    }
  }

  async function begin() {
    const { codes } = await call('GET', '/codes');
    cast = castOf(codes, { addPerson, sayAs });
    if (cast === null) throw new Error(t('simulator:tour_taken'));
    place = -1;
    await next();
  }

  byId('tour').addEventListener('click', () => begin().catch(onFail));
  byId('tour-next').addEventListener('click', () => next());
  byId('tour-stop').addEventListener('click', () => {
    place = -1;
    draw();
  });
  draw();
  return draw;
}
