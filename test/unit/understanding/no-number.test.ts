import { readFigure } from '../../../src/understanding/number';

const flow = (measure: string) => ({ measure, nature: 'flow' as const, last: 4 });
const session = flow('session');

describe('none at all, with the reason before it', () => {
  it.each([
    'thang nay nghi gat khong hoc buoi nao',
    'tháng này nghỉ gặt không học buổi nào',
    'nha van hoa dang sua k hoc dc buoi nao',
    'thôn có dịch nên không mở được buổi nào',
    'troi mua lut chua to chuc buoi nao',
  ])('«%s» is none', (text) => expect(readFigure(text, session)).toEqual({ kind: 'nothing' }));

  it.each([
    'tuan nay ban gat khong hoc buoi nao',
    'thon ben khong hoc buoi nao',
    'dau thang chua hoc buoi nao',
    'hai tuan nghi khong hoc buoi nao',
    'chi co lop tre em khong hoc buoi nao',
    'nghi gat nhung khong bo buoi nao',
  ])('«%s» is no none for the whole month', (text) =>
    expect(readFigure(text, session).kind).not.toBe('nothing'),
  );

  it('a stock is never none so', () =>
    expect(
      readFigure('thôn có dịch nên không mở được buổi nào', { ...session, nature: 'stock' }).kind,
    ).not.toBe('nothing'));

  it('«sắp tới mới mở» is asked about', () =>
    expect(readFigure('sap toi moi mo', session)).toEqual({ kind: 'zero_or_missing' }));
});
