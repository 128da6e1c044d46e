import { readTeacher } from '../../../src/classes/teachers';

it.each([
  ['tổ công nghệ số cộng đồng', 'team'],
  ['cnscđ', 'team'],
  ['Đoàn thanh niên xã', 'youth'],
  ['ben cong an day', 'police'],
  ['cô giáo trường làng', 'school'],
  ['tôi dạy', 'leader'],
  ['bác', 'leader'],
  ['chị Hạnh', 'other'],
  ['18', null],
  ['lớp gần tôi', null],
] as const)('«%s» taught: %s, and no name is kept', (text, kind) => {
  expect(readTeacher(text)).toBe(kind);
});
