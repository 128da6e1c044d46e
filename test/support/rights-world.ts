import type { Connection } from 'mongoose';
import type { Conversation } from '../../src/conversation/dialog';
import type { OfficeDoc } from '../../src/org/org.model';
import { claimCodeHash, phoneHash } from '../../src/org/org.service';
import type { Role } from '../../src/org/roles';
import type { UnitLevel, UnitRecord } from '../../src/org/unit';
import { ratioAnswer } from '../../src/reporting/values';
import { WholeTalk } from './whole-talk';

/**
 * Two communes side by side, with everything in them that is somebody's own: figures, orders, talks, wishes. Each thing has a
 * mark in it by which it is known wherever it is shown.
 */
export const AT = new Date('2026-03-16T09:00:00+07:00');

export interface Somebody {
  readonly user: string;
  readonly role: Role | 'nobody';
  readonly unit: string;
  readonly name: string;
}

export const HOME = '24001';
export const FOREIGN = '24002';
const UNITS: readonly (readonly [string, UnitLevel, string, string, string | null])[] = [
  ['24', 'province', 'Bắc Ninh', 'tỉnh', null],
  ['24-KHCN', 'agency', 'Sở Khoa học và Công nghệ', 'sở', '24'],
  ['24-CA', 'agency', 'Công an tỉnh', 'công an', '24'],
  ['24-TD', 'agency', 'Tỉnh đoàn', 'đoàn', '24'],
  [HOME, 'commune', 'Tân Hòa', 'xã', '24'],
  [FOREIGN, 'commune', 'Vân Sơn', 'xã', '24'],
  [`${HOME}-01`, 'village', 'Đông Lâm', 'thôn', HOME],
  [`${HOME}-02`, 'village', 'Ngọc Trì', 'thôn', HOME],
  [`${FOREIGN}-01`, 'village', 'Gò Me', 'thôn', FOREIGN],
  [`${FOREIGN}-02`, 'village', 'Khe Sim', 'thôn', FOREIGN],
  [`${FOREIGN}-03`, 'village', 'Suối Mỏ', 'thôn', FOREIGN],
];

/** The first of a role at home is who tries; names are said nowhere else. */
export const PEOPLE: readonly Somebody[] = (
  [
    ['village_head', `${HOME}-01`, 'Nguyễn Văn Tư'],
    ['village_deputy', `${HOME}-01`, 'Trần Văn Hùng'],
    ['commune_officer', HOME, 'Lê Thị Hạnh'],
    ['commune_chair', HOME, 'Lê Văn Chủ'],
    ['agency_officer', '24-TD', 'Đỗ Thị Đoàn'],
    ['department', '24', 'Phạm Văn Dũng'],
    ['police', '24', 'Nguyễn Quang Minh'],
    ['province', '24', 'Nguyễn Thị Bình'],
    ['operator', '24', 'Bùi Văn Máy'],
    ['department', '24', 'Trần Thị Nga'],
    ['province', '24', 'Hoàng Văn Lãnh'],
    ['village_head', `${HOME}-02`, 'Vũ Văn Mạnh'],
    ['village_head', `${FOREIGN}-01`, 'Quách Văn Hoạch'],
    ['village_deputy', `${FOREIGN}-01`, 'Quách Thị Phượng'],
    ['village_head', `${FOREIGN}-02`, 'Khương Văn Khoát'],
    ['village_head', `${FOREIGN}-03`, 'Sùng Văn Sểnh'],
    ['commune_officer', FOREIGN, 'Vũ Thị Thoan'],
    ['commune_chair', FOREIGN, 'Vũ Văn Thịnh'],
  ] as const
).map(([role, unit, name], i) => ({ user: `zalo:10000000${i + 10}`, role, unit, name }));
export const NOBODY: Somebody = { user: 'zalo:1000000099', role: 'nobody', unit: '', name: '' };

/** What is whose: a text that contains the mark shows something of the unit. */
export const MARKS: readonly {
  readonly unit: string;
  readonly mark: RegExp;
  /** Whom it was given besides. */
  readonly to?: readonly string[];
}[] = [
  { unit: `${HOME}-01`, mark: /(?<!\d)1\.?181(?!\d)/ },
  { unit: `${HOME}-02`, mark: /(?<!\d)1\.?282(?!\d)/ },
  { unit: HOME, mark: /(?<!\d)2\.?463(?!\d)/ },
  { unit: `${FOREIGN}-01`, mark: /(?<!\d)1\.?383(?!\d)|Quách|Hoạch|Phượng|loa phường hỏng|…?0?912000013/ },
  { unit: `${FOREIGN}-02`, mark: /(?<!\d)1\.?484(?!\d)|Khương|Khoát|Lý Thị Nhài|912000014/ },
  { unit: FOREIGN, mark: /(?<!\d)2\.?867(?!\d)|912000015/ },
  {
    unit: FOREIGN,
    mark: /chuyện riêng của Vân Sơn|91\/UBND-VS/,
    to: [`${FOREIGN}-01`, `${FOREIGN}-02`, `${FOREIGN}-03`],
  },
  { unit: HOME, mark: /chuyện riêng của Tân Hòa/, to: [`${HOME}-01`, `${HOME}-02`] },
];

export const CODE = '48279135';
export const SHARED = phoneHash(Buffer.alloc(32, 7), '84912000077');
/** Posts that nobody holds yet: one for the code of an invitation, one for a phone number. */
const FREE_POSTS: readonly OfficeDoc[] = [2, 3].map((n) => ({
  ...officeDoc({ user: '', role: 'village_deputy', unit: `${FOREIGN}-0${n}`, name: 'Sùng Thị Vắng' }, 0),
  ...{ user: null, claimedAt: null, consent: null },
  ...(n === 2 ? { codeHash: claimCodeHash(Buffer.alloc(32, 7), CODE) } : { phoneHash: SHARED }),
}));

export class RightsWorld {
  /** Where each person stands after what they said. */
  readonly talks = new Map<string, Conversation>();

  private constructor(readonly talk: WholeTalk) {}

  static async open(connection: Connection): Promise<RightsWorld> {
    const talk = WholeTalk.open(connection, AT);
    const { repo, directory } = talk.org;
    await repo.addUnits(UNITS.map(unitRecord));
    await repo.addOffices([...PEOPLE.map(officeDoc), ...FREE_POSTS]);
    await repo.bump('units');
    await repo.bump('offices');
    await directory.refresh();
    const world = new RightsWorld(talk);
    await world.fill();
    return world;
  }

  by(name: string): Somebody {
    const found = PEOPLE.find((one) => one.name.endsWith(name));
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  }

  begin(who: Somebody): Conversation {
    return this.talks.get(who.user) ?? this.talk.begin(who.user);
  }

  async says(name: string, ...texts: readonly string[]): Promise<void> {
    const who = this.by(name);
    let conversation = this.begin(who);
    for (const text of texts) conversation = await this.talk.say(conversation, text);
    // Whatever stayed open is let go, so that each try begins from nothing.
    this.talks.set(who.user, { ...this.talk.begin(who.user), turn: conversation.turn });
  }

  /** A row of the police's sheet. */
  private async counted(unit: string, numerator: number, denominator: number): Promise<void> {
    const parts = { numerator, denominator, asOf: '2026-03-15', source: 'C06', definition: 1 };
    const effect = {
      ...{
        kind: 'report.import' as const,
        id: `sheet:${unit}`,
        key: { form: 'police-month', period: '2026-03', unit },
      },
      ...{
        by: this.by('Minh').user,
        onBehalf: true,
        at: this.talk.clock.now(),
        eventId: 'sheet',
        sheet: 'sheet.csv',
      },
      figures: [ratioAnswer('vneid_confirmed', parts)],
    };
    if ((await this.talk.apply(effect)) !== 'done') throw new Error(`${unit} was not counted`);
  }

  /** Something of every kind on both sides. */
  private async fill(): Promise<void> {
    // Whoever answers for a commune is named to anybody who needs them; everybody else is not.
    await this.says('Tư', 'BC 1181 5 121 14', 'gửi');
    await this.says('Mạnh', 'BC 1282 4 96 11', 'gửi');
    await this.says('Hoạch', 'BC 1383 3 77 9', 'gửi');
    await this.says('Khoát', 'BC 1484 2 55 8', 'gửi');
    await this.counted('24-CA', 1_790_000, 2_507_000);
    await this.counted(FOREIGN, 28, 9_000);
    await this.says('Hạnh', 'giao 81/UBND-TH, hạn 20/3, toàn xã: chuyện riêng của Tân Hòa', 'Gửi');
    await this.says('Thoan', 'giao 91/UBND-VS, hạn 20/3, toàn xã: chuyện riêng của Vân Sơn', 'Gửi');
    await this.says('Dũng', 'giao 145/UBND-VX, gấp, hạn 20/3, xã Tân Hòa, xã Vân Sơn: mở lớp', 'Gửi');
    await this.says('Nga', 'duyệt 145');
    await this.says('Dũng', 'giao 146/UBND-VX, hạn 21/3, xã Tân Hòa, xã Vân Sơn: rà soát', 'Gửi');
    await this.says('Hoạch', 'vướng 145: loa phường hỏng');
    await this.says('Khoát', 'từ mai chị Nhài thay tôi', 'Lý Thị Nhài', '0912 000 099');
    await this.says('Mạnh', 'từ mai chị Lan thay tôi', 'Trịnh Thị Lan', '0912 000 098');
    await this.says('Tư', 'phản ánh: thiếu máy chiếu');
    await this.says('Thoan', 'khảo sát thôn có máy tính không, toàn xã, đến 22/3', 'Gửi');
    await this.says('Hạnh', 'khảo sát thôn có loa không, toàn xã, đến 22/3', 'Gửi');
    await this.says('Hoạch', 'mở lớp 19:30 thứ Năm 19/3 nhà văn hóa: quên mật khẩu VNeID');
    await this.says('Tư', 'mở lớp 19:30 thứ Sáu 20/3 nhà văn hóa: quên mật khẩu VNeID');
  }
}

function unitRecord([code, level, name, kind, parent]: (typeof UNITS)[number]): UnitRecord {
  const size = level === 'village' ? 2_000 : null;
  const values = { name, kind, parent, adults: size, households: size, population: size };
  return { code, level, spans: [{ validFrom: '2025-07-01', validTo: null, ...values }] };
}

function officeDoc({ user, role, unit, name }: Somebody, i: number): OfficeDoc {
  const since = new Date('2026-01-05T08:00:00+07:00');
  const before = PEOPLE.slice(0, i).filter((one) => one.unit === unit && one.role === role).length;
  return {
    ...{ _id: `${unit}:${role}:${before + 1}`, unit, role: role as Role, fullName: name, address: 'anh' },
    ...{ title: null, user, claimedAt: since, claimEffect: null, demo: false, former: [], phone: null },
    consent: { version: '2026-1', at: since, eventId: `seed:${i}` },
    phoneHash: phoneHash(Buffer.alloc(32, 7), `8491200001${i}`),
  };
}
