import { foldText } from '../../../src/kernel/vn-text';
import { readRelatives, readSignUp } from '../../../src/classes/chat/sign-up-words';

/** How people sign up, alone or with others, and what is none of it. */

it.each([
  ['đăng ký', null, 0],
  ['cho tôi đăng ký với ạ', null, 0],
  ['đăng ký 2', 2, 0],
  ['dk lop 2', 2, 0],
  ['đăng ký 3 người', null, 2],
  ['đăng ký cho 2 vợ chồng', null, 1],
  ['đăng ký cho hai vợ chồng tôi với', null, 1],
  ['dang ky cho vo chong toi', null, 1],
  ['đăng ký cho tôi với bà nhà', null, 1],
  ['đăng ký cho tôi và con gái ạ', null, 1],
  ['đăng ký cho tôi với cháu nội', null, 1],
  ['ghi tên cho hai ông bà', null, 1],
  ['cho hai vợ chồng tôi đăng ký', null, 1],
  ['đăng ký lớp 2 cho 2 vợ chồng', 2, 1],
  ['đăng ký cho hai mẹ con vào lớp 3', 3, 1],
  ['đăng ký cho ba người', null, 2],
  ['đăng ký cho 5 người', null, 4],
])('«%s» is class %s and %s more', (said, number, relatives) => {
  expect(readSignUp(foldText(said))).toEqual({ number, relatives });
});

it.each([
  'đăng ký cho mẹ đi học',
  'đăng ký cho hai vợ chồng học lớp dùng điện thoại',
  'đăng ký cho bà con trong thôn',
  'đăng ký tạm trú cho 2 vợ chồng',
  'hai vợ chồng dùng chung một máy',
  'đăng ký cho tôi với cháu',
  'hủy đăng ký',
])('«%s» is no sign-up', (said) => {
  expect(readSignUp(foldText(said))).toBeNull();
});

it.each([
  ['đưa thêm 2 người nhà', '2'],
  ['cho thêm một người nhà', '1'],
  ['đưa thêm người nhà', ''],
  ['đưa thêm máy tính', null],
])('«%s» brings %s', (said, count) => {
  expect(readRelatives(foldText(said))).toBe(count);
});
