import { Dictionary } from '../../../src/kernel/i18n';

const dictionary = new Dictionary({
  vi: { reports: { got: 'Đã nhận {{count}} của {{unit}}.', thanks: 'Cảm ơn bác.' } },
  en: { reports: { got: 'Received {{count}} of {{unit}}.', thanks: 'Thank you.' } },
});

describe('words', () => {
  it('fill their gaps, each time anew, with nothing escaped', () => {
    const words = dictionary.in('vi');
    expect(words.t('reports:got', { count: '1.250', unit: 'thôn Đông & Đoài' })).toBe(
      'Đã nhận 1.250 của thôn Đông & Đoài.',
    );
    expect(words.t('reports:got', { count: 0, unit: '<Cả>' })).toBe('Đã nhận 0 của <Cả>.');
  });

  it('take what stands in a gap as it is, also when it looks like a gap', () => {
    expect(dictionary.in('en').t('reports:got', { count: 2, unit: '{{count}} $t(reports:thanks)' })).toBe(
      'Received 2 of {{count}} $t(reports:thanks).',
    );
  });

  it('leave a gap as it stands when nothing is given for it', () => {
    expect(dictionary.in('en').t('reports:got', { count: 2 })).toBe('Received 2 of {{unit}}.');
  });

  it('know which words there are', () => {
    const words = dictionary.in('en');
    expect([words.has('reports:got'), words.has('reports:lost')]).toEqual([true, false]);
    expect(() => words.t('reports:lost')).toThrow(expect.objectContaining({ code: 'locale_missing' }));
  });

  it('of a language we do not have are those of the first', () => {
    expect(dictionary.in('fr').t('reports:thanks')).toBe('Cảm ơn bác.');
    expect(dictionary.in('fr').locale).toBe('vi');
  });
});
