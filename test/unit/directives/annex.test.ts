import { annexFault, contentFault } from '../../../src/directives/annex';
import { paragraphsOf } from '../../../src/directives/document-text';
import { isSecretName, isStamped } from '../../../src/directives/secret-mark';
import { word } from '../../support/word-document';

const MB = 1024 * 1024;

it.each`
  kind       | name                                | bytes         | fault
  ${'file'}  | ${'145.pdf'}                        | ${5 * MB}     | ${null}
  ${'file'}  | ${'145.pdf'}                        | ${5 * MB + 1} | ${'too_large'}
  ${'file'}  | ${'145.PDF'}                        | ${null}       | ${null}
  ${'file'}  | ${'bang.xlsx'}                      | ${9}          | ${'wrong_kind'}
  ${'file'}  | ${'khong-duoi'}                     | ${9}          | ${'wrong_kind'}
  ${'image'} | ${'Ảnh 1'}                          | ${MB}         | ${null}
  ${'image'} | ${'Ảnh 1'}                          | ${MB + 1}     | ${'picture_too_large'}
  ${'file'}  | ${'145_TỐI MẬT.pdf'}                | ${9}          | ${'secret'}
  ${'link'}  | ${'https://bacninh.gov.vn/145.zip'} | ${null}       | ${null}
`('$kind «$name» of $bytes bytes: $fault', ({ kind, name, bytes, fault }) => {
  expect(annexFault(kind as 'file', name as string, bytes as number | null)).toBe(fault);
});

it.each`
  name                          | secret
  ${'Công văn MẬT.pdf'}         | ${true}
  ${'cv-tuyet-mat_2026.docx'}   | ${true}
  ${'tai_lieu_mat.pdf'}         | ${true}
  ${'doi-mat-khau-vneid.pdf'}   | ${false}
  ${'BAO MAT TAI KHOAN.pdf'}    | ${false}
  ${'tuyen-truyen-bao-mat.pdf'} | ${false}
`('a file called «$name» is secret: $secret', ({ name, secret }) => {
  expect(isSecretName(name as string)).toBe(secret);
});

it('a Word document is read up to its stamp, and one that cites the law on secrets is none', () => {
  const read = (...texts: string[]): string => paragraphsOf(word(...texts), 'docx') ?? '';
  expect(read('UBND XÃ', 'Kính gửi &amp; nhận')).toBe('\nUBND XÃ\n\nKính gửi & nhận\n'.replace(/^/, ''));
  expect(isStamped(read('UBND XÃ', ' TUYỆT  MẬT ', 'Kính gửi'))).toBe(true);
  expect(isStamped(read('Độ mật: Mật', 'Kính gửi'))).toBe(true);
  expect(isStamped(read('Căn cứ Luật Bảo vệ bí mật nhà nước', 'VỀ BẢO MẬT TÀI KHOẢN'))).toBe(false);
  expect(paragraphsOf(Buffer.from('%PDF-1.4'), 'pdf')).toBeNull();
  expect(paragraphsOf(Buffer.from('no archive'), 'docx')).toBeNull();
});

it('what was fetched is judged by its content, not by its name', () => {
  const content = { extension: 'xlsx', bytes: 9, paragraphs: null };
  expect(contentFault('file', '145.pdf', content)).toBe('wrong_kind');
  expect(contentFault('file', '145.docx', { ...content, extension: 'docx', paragraphs: 'MẬT' })).toBe(
    'secret',
  );
  expect(contentFault('file', '145.pdf', { ...content, extension: 'pdf' })).toBeNull();
});
