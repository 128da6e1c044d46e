import { readFigure, type FigureContext } from '../../../src/understanding/number';

const ADULTS: FigureContext = { measure: 'person', nature: 'stock', last: 400, month: 3 };
const SESSIONS: FigureContext = { measure: 'session', nature: 'flow', last: 4, month: 3 };
const VISITS: FigureContext = { measure: 'visit', nature: 'flow', last: 100, month: 3 };
const HOUSEHOLDS: FigureContext = { measure: 'household', nature: 'flow', last: 12, month: 3 };

const value = (said: number) => ({ kind: 'value', value: said });
const asked = (said: number) => expect.objectContaining({ kind: 'confirm', value: said });

describe('one thing that is said holds the figure, and the rest only talks', () => {
  it.each([
    ['CHU VUA DEM LAI SO XONG, 417 NGUOI NHE CHAU', ADULTS, 417],
    ['thang nay mo duoc 6 buoi, buoi nao cung dong kin nha van hoa', SESSIONS, 6],
    ['Năm buổi cháu ạ, buổi nào cũng có ông Sáu với bà Bảy đến sớm nhất', SESSIONS, 5],
    ['17 hộ. Mà cháu ơi cái máy của chú gõ chữ nó cứ nhảy lung tung', HOUSEHOLDS, 17],
  ] as const)('«%s»', (text, context, said) => expect(readFigure(text, context)).toEqual(value(said)));
});

describe('what may be said of the figure makes it a question', () => {
  it.each([
    ['hai mươi mốt hộ, tính cả hộ ông Mười mới chuyển về', HOUSEHOLDS, 21],
    [
      'Thôn tôi có thêm mấy bà ở chợ biết quét mã trả tiền, cộng lại là bốn trăm hai mươi hai người',
      ADULTS,
      422,
    ],
    ['120, mai tôi xem lại', VISITS, 120],
    ['418, xóm trên tôi không biết', ADULTS, 418],
    ['biet dung may thong minh thi 4 tram 3 muoi nguoi co nhe', ADULTS, 430],
  ] as const)('«%s»', (text, context, said) => expect(readFigure(text, context)).toEqual(asked(said)));
});

describe('what makes it another figure is asked about without offering it', () => {
  it.each([
    ['5 buổi, theo kế hoạch', SESSIONS],
    ['120, từ đầu năm đến giờ', VISITS],
    ['5 buổi, à 6 buổi, hay 7', SESSIONS],
    ['nhà tôi có 5 người', ADULTS],
    ['đến nay 9 buổi', SESSIONS],
  ] as const)('«%s»', (text, context) => {
    expect(['ask', 'none']).toContain(readFigure(text, context).kind);
  });
});
