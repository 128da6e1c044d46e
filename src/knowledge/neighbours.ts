/**
 * Short words typed without their marks that are two words, told apart by the word beside them: «ca buổi» is «cả buổi»
 * and «ra ca» is «ra công an»; «cha thấy» is «chả thấy» and «cha tôi» a father. Data for `tokens.ts`. Pure.
 */
interface Told {
  /** What it is then. */
  readonly as: string;
  /** Before one of these. */
  readonly before?: ReadonlySet<string>;
  /** Behind one of these. */
  readonly behind?: ReadonlySet<string>;
  /** As the last word. */
  readonly last?: true;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const TOLD: Readonly<Record<string, Told>> = {
  ca: {
    as: 'cả',
    before: words(
      'buoi ngay nha tieng tuan thang doi dem gio nam hai ba bon chuc tram lang xom thon hop trieu vo chong buổi ngày nhà tiếng tuần tháng đời đêm giờ năm ba bốn chục trăm làng xóm thôn',
    ),
    behind: words('dau gi nao ai tat ke đâu gì nào tất kể'),
  },
  cha: { as: 'chả', before: words('thay ve biet nho duoc co hieu ai cho chiu an vao len') },
  chang: {
    as: 'chẳng',
    before: words('thay ve biet nho duoc co hieu ai cho chiu an vao len nhan gui bao gio den toi'),
  },
  ma: { as: 'mà', last: true },
};

/** The words as typed, those above as what they are where their neighbours tell. */
export function toldByNeighbours(typed: readonly string[]): readonly string[] {
  return typed.map((word, at) => {
    const told = Object.hasOwn(TOLD, word) ? TOLD[word] : undefined;
    if (!told) return word;
    const [before, behind] = [typed[at + 1], typed[at - 1]];
    const fits =
      (before === undefined ? told.last === true : told.before?.has(before) === true) ||
      (behind !== undefined && told.behind?.has(behind) === true);
    return fits ? told.as : word;
  });
}
