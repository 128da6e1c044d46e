import { readAct } from '../../../src/understanding/acts';

describe('what is wanted beside the number', () => {
  it.each([
    ['cau nay la gi', 'explain'],
    ['lượt là sao', 'explain'],
    ['lượt hay người', 'explain'],
    ['hỗ trợ hộ là thế nào', 'explain'],
    ['tính người từ mấy tuổi', 'explain'],
    ['tính từ 18 tuổi à', 'explain'],
    ['thế nào là biết kỹ năng số', 'explain'],
    ['không biết', 'unknown'],
    ['chịu', 'unknown'],
    ['k nho', 'unknown'],
    ['dạ em không rõ ạ', 'unknown'],
    ['bo qua cau nay', 'unknown'],
    ['câu này để trống', 'unknown'],
    ['từng câu', 'one_by_one'],
    ['hoi tung cau di', 'one_by_one'],
    ['không đúng', 'one_by_one'],
    ['đó là số tháng trước mà', 'one_by_one'],
    ['gửi chưa', 'asks_sending'],
    ['đã gửi chưa', 'asks_sending'],
    ['gửi cho ai', 'asks_sending'],
    ['gửi lúc nào', 'asks_sending'],
    ['gửi hay không', 'asks_sending'],
    ['đúng không em', 'asks_sending'],
    ['đúng chưa', 'asks_sending'],
    ['ok chưa', 'asks_sending'],
    ['so 3 sai', 'wrong'],
    ['ok sửa 3', 'wrong'],
  ])('«%s» is %s', (text, kind) => {
    expect(readAct(text)?.kind).toBe(kind);
    expect(readAct(text.normalize('NFD').toUpperCase())?.kind).toBe(kind);
  });

  it.each([
    '5',
    '121 lượt',
    'gửi',
    'đúng',
    'đúng rồi',
    'dừng',
    'không có',
    'chưa có',
    'không',
    'sửa 3 thành 5',
    '',
  ])('«%s» is none', (text) => expect(readAct(text)).toBeNull());
});
