/** The words in which people write of classes, with marks and without: data for reading, not words we say. */

const CLASS = '(?:lớp học|lớp|buổi học|lop hoc|lop|buoi hoc)';
const COURTESY = '(?:(?:dạ|da|em|bác|bac|cho|tôi|toi|xin|nhờ|nho|muốn|muon|thôn|thon|xã|xa)\\s+)*';
export const ANNOUNCE = new RegExp(
  `^${COURTESY}(dự kiến |du kien )?(?:mở|mo|tổ chức|to chuc|đặt lịch|dat lich)\\s+(?:một |mot |1 )?${CLASS}(?![\\p{L}])[:,\\s]*(.*)$`,
  'iu',
);
export const CHANGE = new RegExp(
  `^${COURTESY}(dời|doi lich|dời lịch|doi|chuyển|chuyen|hoãn|hoan|hủy|huỷ|huy|mở đăng ký|mo dang ky)\\s+${CLASS}(?![\\p{L}])[:,\\s]*(.*)$`,
  'iu',
);
export const RECORDED = new RegExp(
  `^${COURTESY}(?:buổi học|buoi hoc|lớp học|lop hoc|buổi|buoi|lớp|lop)(?![\\p{L}])(.*)$`,
  'iu',
);
export const PEOPLE =
  /(?<![\d.,/:])(\d{1,5})\s*(?:người|nguoi|ng|bà con|ba con|lượt|luot|học viên|hoc vien|hv|cụ|cu|hội viên|hoi vien|đoàn viên|doan vien)(?!\p{L})(?:\s+(?:dự|du|học|hoc|tham gia|đến|den))?/iu;
/** «Tối đa 30 chỗ», «30 người»; «khoảng 30 người» is a guess and no limit. */
export const CAPACITY =
  /(?:tối đa|toi da|giới hạn|gioi han|chỉ|chi)\s+(\d{1,4})\s*(?:chỗ|cho|người|nguoi|suất|suat)?(?!\p{L})|(?:cho\s+)?(?<!\d|khoảng |khoang |chừng |chung |độ )(?<!\d)(\d{1,4})\s*(?:chỗ|suất|suat|người|nguoi|học viên|hoc vien|bà con|ba con)(?!\p{L})/iu;
/** Who it is for and how many are thought to come: neither a place nor what is taught. */
export const ROUGHLY =
  /(?:khoảng|khoang|chừng|chung|độ|do)\s+\d{1,4}\s*(?:người|nguoi|học viên|hoc vien|bà con|ba con)(?!\p{L})|cho\s+(?:các\s+|cac\s+)?(?:bà con|ba con|nhân dân|nhan dan|người dân|nguoi dan)(?!\p{L})/giu;
/** Where a place ends and what is taught begins: «nhà văn hóa thôn Ngoài dạy VNeID». */
export const TEACHES =
  /\s(?:dạy|day|học|hoc|hướng dẫn|huong dan|nội dung|noi dung|chủ đề|chu de|về|ve)\s+(?=\S)/iu;
/** A colon that is not inside a time of day. */
export const COLON = /:(?!\d\d)|(?<!\d):/;
export const PLACE =
  /^(?:(?:tại|tai|ở|o)\s+)?(?:nhà|nha|nvh|đình|dinh|trường|truong|hội trường|hoi truong|trụ sở|tru so|ubnd|ủy ban|uy ban|sân|san|trạm|tram|chùa|chua|thư viện|thu vien|thôn|thon|tổ|to|tdp|khu|xóm|xom|bản|làng|lang|bưu điện|buu dien|chợ|cho|phòng|phong|câu lạc bộ|clb)(?!\p{L})/iu;
export const SMALL = /^(?:tại|tai|ở|nội dung|noi dung|chủ đề|chu de|về|ve|dạy|day|sang|vào|vao)\s+/iu;
