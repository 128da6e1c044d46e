/** How people write to a chat: shortened words, and words that say nothing of the matter. Data for `tokens.ts`. */

/** How people shorten while typing: what is meant, and its shorter spellings. */
const SHORTER: Readonly<Record<string, string>> = {
  không: 'k ko kg kh khg hk hok khum hem chẳng chả chưng hổng hông hôg khôg kô kông',
  được: 'dc đc đuoc dk̉',
  'đăng ký': 'dk đk dki đki đkí dkí',
  'đăng nhập': 'dn đn dnhap đnhap',
  'mật khẩu': 'mk mkhau mkhẩu pw pwd',
  'điện thoại': 'dt đt dth đth fone dthoai đthoai đh',
  'số điện thoại': 'sdt sđt',
  'tài khoản': 'tk tkhoan tkhoản',
  'ngân hàng': 'nh nhang nhàng',
  'như thế nào': 'ntn',
  'như nào': 'nn',
  'làm sao': 'lsao',
  làm: 'lm nàm',
  'hướng dẫn': 'hd hdan hdẫn',
  gì: 'j',
  rồi: 'r rùi rui roài roy',
  xong: 'xog xoq xg',
  mới: 'ms mứi',
  học: 'hc',
  quá: 'wá qá',
  luôn: 'lun',
  biết: 'bít bik',
  'bây giờ': 'bjờ bjo',
  nhiều: 'nhìu nhiu',
  sao: 's',
  vậy: 'z zậy zay',
  với: 'vs',
  'người ta': 'ngta nta',
  'bao nhiêu': 'bn bnhieu bnhiêu',
  'bao giờ': 'bh bgio',
  'nhắn tin': 'nt',
  'kiểm tra': 'ktra',
  'giấy tờ': 'gt',
  'hồ sơ': 'hs',
  'định danh điện tử': 'dddt đddt đdđt đdđt',
  'định danh': 'dd đd',
  'xác nhận': 'xn',
  'xác thực': 'xt',
  'công an': 'ca',
  'công an xã': 'cax',
  'bằng lái': 'blai blái',
  'lừa đảo': 'ldao lđao lđ',
  'bảo hiểm': 'bhiem bhiểm',
  'tin nhắn': 'tnhan',
  online: 'onl',
  iphone: 'ip iphon',
  samsung: 'ss',
  qr: 'qrcode',
  nào: 'lào nèo',
  này: 'lày',
  vneid: 'vnedi vneiđ vneid2 vnê',
};

export const SHORT: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(SHORTER).flatMap(([whole, shorter]) =>
    shorter.split(' ').map((short) => [short, whole.split(' ')] as const),
  ),
);

/** Words that ask nothing and name nothing: forms of address, politeness, particles. With marks, since «mà» is one and «mã» is not. */
export const FILLERS: ReadonlySet<string> = new Set(
  (
    'ạ à ah a ơi ời ới dạ da vâng vang em e bác chú cô anh chị bạn ad cháu chau toi tôi mình minh tui tớ mày tao nhé nha nhỉ nhe nhá hén với voi giúp giup hộ ho cho thì thi là la mà rồi roi vậy vay đấy day đó kia này nay cái cai chiếc con của cua có co xin hỏi hoi muốn muon cần can bị bi nó đã da đang dang sẽ se vừa vua mới nữa nua luôn luon thôi thoi đi nào ấy ý và va hay hoặc thế lại lai cứ cu vẫn van đều cả ca nhà nha ta chúng các nhưng nhung những tự hả ha hở cũng cung biết biet xem phải phai bao cần được duoc ' +
    'the a an is it i my me to do of on in for please can you and or at am be was we our this that with your there'
  ).split(' '),
);

/** Words that say little of the matter, without marks; some of them mean more with others beside them. */
const LIGHT: ReadonlySet<string> = new Set(
  'a oi em bac chau toi minh nhe voi da thi la ma cho hoi giup ho co duoc khong gi roi nua the nay do di con anh chi ong ba no cai'.split(
    ' ',
  ),
);

/** Whether the word, without marks, says little of the matter. */
export function isFiller(fold: string): boolean {
  return LIGHT.has(fold);
}
