/** The words of wishes: how they are shortened, which mean the same, and which say nothing. Data for `likeness.ts`. */

/** What is meant, and how people write it: teencode, words of other regions and synonyms. Several words may stand for one. */
const SAME: Readonly<Record<string, string>> = {
  không: 'ko|k|kg|kh|khg|hok|hong|hông|hem|chẳng|chả|hổng|khoong',
  được: 'dc|đc|đuoc',
  'báo cáo': 'bc|bcao|b/c|báo lên',
  gì: 'j|gi gi|cái gì',
  'thế nào': 'ntn|như thế nào|kiểu gì|làm sao|cách nào|như nào|ra sao|sao',
  'bao nhiêu': 'bn|bnhieu|bao nhiu|mấy',
  'bao giờ': 'khi nào|lúc nào|ngày nào|ngày mấy|hôm nào|bh|bgio',
  rồi: 'r|rùi|roài',
  nộp: 'gửi|gởi|nạp',
  'trưởng thôn': 'tổ trưởng|trưởng xóm|trưởng khu|trưởng khu phố|trưởng bản|tổ phó|phó thôn|trưởng ban',
  thôn: 'xóm|tdp|tổ dân phố|khu phố|khu dân cư|làng|đơn vị',
  xã: 'phường|xã phường',
  gọi: 'gọi điện thoại cho|gọi điện thoại|gọi đt|gọi dt|đt cho|điện|gọi điện|điện thoại cho|alo cho|a lô cho|phone cho|liên hệ',
  gặp: 'nói chuyện với|trao đổi với|nói chuyện',
  'cán bộ': 'nhân viên|người phụ trách|người hỗ trợ|tổng đài|người hướng dẫn',
  xem: 'coi|cho xem|đọc lại|kiểm tra|ktra',
  'số liệu': 'con số|các số|những số|mấy số',
  'thông tin': 'dữ liệu|thông tin cá nhân|dữ liệu cá nhân',
  'hướng dẫn': 'hd|hdan|chỉ dẫn|chỉ cách|chỉ cho|bày cho|bày cách|dạy cách',
  'xin thêm': 'thêm|cho thêm|gia thêm',
  hạn: 'hạn chót|hạn nộp|deadline|thời hạn|hạn báo cáo|hạn cuối',
  muộn: 'trễ|chậm hạn',
  'tháng trước': 'kỳ báo cáo trước|tháng rồi|tháng qua|kỳ trước|lần trước',
  'bàn giao': 'chuyển giao|giao lại',
  'thôi làm':
    'nghỉ làm|hết làm|không làm nữa|không còn làm|thôi không làm|nghỉ rồi|hết nhiệm kỳ|không còn là|không phải nữa',
  hôm: 'bữa|bua',
  giấy: 'bản giấy|viết tay|mẫu giấy|ghi giấy|ra giấy|biểu mẫu giấy',
  ảnh: 'hình|tấm ảnh|tấm hình|chụp',
  to: 'lớn|phóng to',
  'cảm ơn': 'cám ơn|c ơn|thank|thanks|thank you|tks|thks|cảm tạ',
  chào: 'hello|hi|hey|alo|a lô|xin chào|halo|helo',
  'trợ lý': 'trợ lý ảo|trợ lý tự động',
};

/** Words that ask nothing and name nothing. With marks, since «là» is one and «lạ» is not. */
const EMPTY =
  'ạ à ah a ơi ời dạ da vâng vang em e bác chú cô anh chị bạn ad cháu toi tôi mình minh tui tớ nhé nha nhỉ nhe nhá với voi ' +
  'thì thi là la mà vậy đấy đó kia cái cai con của cua xin muốn muon cần can bị nó sẽ luôn luon nào ấy và va hay hoặc lại lai đi đã da đang ' +
  'cứ cu vẫn đều ta các những nhung cũng phải phai nữa nua thế the thưa ok xong lắm quá ' +
  'bac oi nhi vay ma e chau chu ban nao day ha hả cơ cho hen nghen gium giùm oy ui ' +
  'an is it i my me to do of on in for please can you and or at am be we our this that with your there want';

export const SAME_WORDS: readonly (readonly [string, readonly string[]])[] = Object.entries(SAME).map(
  ([meant, others]) => [meant, others.split('|')],
);
export const EMPTY_WORDS: ReadonlySet<string> = new Set(EMPTY.split(' '));
