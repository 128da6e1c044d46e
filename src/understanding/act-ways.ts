import { remembered } from '../kernel/remembered';
import type { Act } from './acts';
import { likenessTo } from './likeness';

/**
 * Acts beside the number by example, for the ways of saying them that no rule of `acts.ts` knows: what is surely like one
 * of these is meant. None of them sends or stores a value.
 */
type Kind = 'explain' | 'unknown' | 'later' | 'asks_sending' | 'one_by_one' | 'how_many_left' | 'unsure';

const WAYS: Readonly<Record<Kind, readonly string[]>> = {
  explain: [
    'biết gọi điện thì có tính không',
    'biết xem mạng có được tính không',
    'chỉ biết nghe gọi có tính không',
    'người già có phải tính không',
    'học sinh có tính vào không',
    'trẻ em có tính không',
    'người ốm có tính không',
    'người tạm trú tính vào đâu',
    'cán bộ có tính không',
    'lớp học chung với thôn khác tính thế nào',
    'buổi ghép với họp thôn có tính không',
    'học ban ngày có tính không',
    'sáng chiều học thì tính mấy buổi',
    'hướng dẫn riêng từng người có tính không',
    'gọi điện hướng dẫn có tính là hộ không',
    'đến một nhà hai lần tính mấy hộ',
    'tính theo nhà hay theo người',
    'đếm đầu người hay đếm lượt',
    'số này lấy thế nào',
    'phải đếm những ai',
    'là tính cả năm hay một tháng',
    'tính tháng này hay tính dồn',
    'câu hỏi này là sao',
    'chưa hiểu hỏi gì',
    'ý câu này là thế nào',
    'câu này nghĩa là gì',
    'hỏi thế này bác không hiểu',
    'những ai thì được tính',
    'người già không biết chữ thì tính sao',
    'ông bà già có tính không',
    'trẻ con có tính không',
    'người đi làm ăn xa có tính không',
    'tập huấn của xã có tính không',
    'học ở nhà có tính là buổi không',
    'một người học nhiều buổi tính thế nào',
    'người học hai buổi tính một hay hai',
    'biết nghe gọi có tính là biết dùng không',
    'đến nhà làm gì thì được tính',
    'hướng dẫn qua điện thoại có tính không',
    'người từ bao nhiêu tuổi',
    'tính từ ngày nào đến ngày nào',
    'ghi thế nào cho đúng',
    'phải ghi cái gì vào đây',
    'lượt với người khác nhau chỗ nào',
  ],
  unknown: [
    'quyển sổ để đâu không thấy',
    'sổ ghi bị mất rồi',
    'phó thôn giữ sổ',
    'cô giáo giữ danh sách',
    'danh sách ở chỗ chị chi hội',
    'không ghi lại nên không biết',
    'chẳng ai ghi',
    'không điểm danh',
    'có ai điểm danh đâu',
    'lúc ấy tôi không có mặt',
    'tôi không phụ trách lớp',
    'chưa hỏi được',
    'chưa rà soát',
    'chưa lập danh sách',
    'khó nói lắm',
    'tôi già rồi không nhớ',
    'làm sao nhớ được',
    'biết thế nào được',
    'tôi không rõ số này',
    'chưa ai báo lên cho tôi',
    'tổ chưa báo số',
    'làm gì có số này',
    'lấy đâu ra số này',
    'biết đâu mà báo',
    'ai mà biết được',
    'bác không ghi chép gì',
    'bác không theo dõi',
    'không ai đếm cả',
    'chưa ai thống kê',
    'không có sổ',
    'sổ để ở nhà văn hóa',
    'sổ ông phó cầm',
    'quên mất rồi',
    'không nhớ nổi',
    'số này khó lắm',
    'câu này bác chịu',
    'chưa có số đâu',
    'chưa tổng hợp được',
    'không nắm được số này',
  ],
  asks_sending: [
    'cái này gửi đi đâu',
    'gửi cho ai đấy',
    'gửi rồi ai xem',
    'gửi xong có sửa được không',
    'gửi nhầm thì làm sao',
    'đã gửi chưa thế',
    'gửi thì gửi kiểu gì',
    'bấm gửi thì nó đi đâu',
  ],
  one_by_one: [
    'hỏi từng câu một đi',
    'tháng này khác nhiều lắm',
    'tháng này khác rồi',
    'số này của tháng trước mà',
    'chưa phải số tháng này',
    'không giống tháng trước',
  ],
  how_many_left: [
    'còn lâu không',
    'hỏi đến bao giờ',
    'còn hỏi gì nữa',
    'dài quá còn mấy câu',
    'còn nhiều câu không',
    'còn mấy câu nữa thì xong',
    'hỏi gì mà lắm thế',
    'sao lại hỏi lại',
    'sắp xong chưa',
    'lâu thế bao giờ xong',
  ],
  later: [
    'tôi đang bận',
    'bác đang ở ngoài đồng',
    'đang đi chợ',
    'đang đi họp',
    'đang ăn cơm',
    'đang trông cháu',
    'đang ở bệnh viện',
    'nhà đang có khách',
    'nhà có việc',
    'nhà có đám',
    'máy hết pin',
    'điện thoại sắp hết pin',
    'mạng yếu không nhắn được',
    'mắt mờ buổi tối không đọc được',
    'để lúc khác',
    'để hôm nào rảnh',
    'bao giờ rảnh tôi báo',
    'tối về tôi nhắn',
    'mai tôi báo lại',
    'chiều tôi hỏi rồi báo',
    'để con nó về nó làm cho',
    'đợi con tôi về đã',
    'chờ cháu nó về bấm hộ',
    'xong việc tôi làm',
    'gọi lại sau',
    'lúc này chưa làm được',
  ],
  unsure: [
    'để xem lại không chắc',
    'con số này chưa chắc đúng',
    'nhớ mang máng thôi',
    'bác không chắc lắm',
    'hình như sai rồi',
    'để bác xem lại đã không chắc',
  ],
};

/** Longer messages tell something else as well. */
const LONGEST = 80;

const like = likenessTo(Object.entries(WAYS).flatMap(([id, texts]) => texts.map((text) => ({ id, text }))));

/**
 * The act that the text may be where nothing else was made of it; null: none is near. Only what stores nothing may be
 * done on it: explaining, and asking whether it is meant.
 */
export function actPerhaps(text: string): Kind | null {
  if (/\d/.test(text) || text.length > LONGEST) return null;
  const [first] = like(text);
  return first === undefined ? null : (first.id as Kind);
}

/** The act that the text is surely like; null: none. A text with a number in it is rather an answer. */
export const actAsIn = remembered((text): Act | null => {
  if (/\d/.test(text) || text.length > LONGEST) return null;
  const [first] = like(text);
  return first?.sure ? { kind: first.id as Kind } : null;
}, 50);
