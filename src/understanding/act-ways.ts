import { remembered } from '../kernel/remembered';
import type { Act } from './acts';
import { likenessTo } from './likeness';

/**
 * Acts beside the number by example, for the ways of saying them that no rule of `acts.ts` knows: what is surely like one
 * of these is meant. None of them sends or stores a value.
 */
type Kind = 'explain' | 'unknown' | 'asks_sending' | 'one_by_one' | 'how_many_left' | 'unsure';

const WAYS: Readonly<Record<Kind, readonly string[]>> = {
  explain: [
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
    'còn nhiều câu không',
    'còn mấy câu nữa thì xong',
    'hỏi gì mà lắm thế',
    'sao lại hỏi lại',
    'sắp xong chưa',
    'lâu thế bao giờ xong',
  ],
  unsure: ['bác không chắc lắm', 'hình như sai rồi', 'để bác xem lại đã không chắc'],
};

/** Longer messages tell something else as well. */
const LONGEST = 60;

const like = likenessTo(Object.entries(WAYS).flatMap(([id, texts]) => texts.map((text) => ({ id, text }))));

/** The act that the text is surely like; null: none. A text with a number in it is rather an answer. */
export const actAsIn = remembered((text): Act | null => {
  if (/\d/.test(text) || text.length > LONGEST) return null;
  const [first] = like(text);
  return first?.sure ? { kind: first.id as Kind } : null;
}, 50);
