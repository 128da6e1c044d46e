import { defineForm } from '../../../src/reporting/form';
import villageMonth from '../../../src/reporting/forms/village-month.form';
import { figureOf } from '../../../src/reporting/indicators';
import { judgeAgainstHistory } from '../../../src/reporting/plausibility';
import { contradictions, impossible, limitOf, normalAnswer, review } from '../../../src/reporting/validation';

const unit = { adults: 600, households: 210, population: 800 };
const unknown = { adults: null, households: null, population: null };

it.each`
  figure                       | value    | of         | kind           | max
  ${'adults_digital'}          | ${600}   | ${unit}    | ${null}        | ${600}
  ${'adults_digital'}          | ${601}   | ${unit}    | ${'too_big'}   | ${600}
  ${'adults_digital'}          | ${20000} | ${unknown} | ${null}        | ${20000}
  ${'adults_digital'}          | ${20001} | ${unknown} | ${'too_big'}   | ${20000}
  ${'level2_activated'}        | ${601}   | ${unit}    | ${'too_big'}   | ${600}
  ${'vneid_confirmed'}         | ${601}   | ${unit}    | ${'too_big'}   | ${600}
  ${'benefit_accounts_linked'} | ${601}   | ${unit}    | ${'too_big'}   | ${600}
  ${'digital_signatures'}      | ${601}   | ${unit}    | ${'too_big'}   | ${600}
  ${'classes_held'}            | ${62}    | ${unit}    | ${null}        | ${62}
  ${'classes_held'}            | ${63}    | ${unit}    | ${'too_big'}   | ${62}
  ${'learners'}                | ${20001} | ${unit}    | ${'too_big'}   | ${20000}
  ${'households_helped'}       | ${211}   | ${unit}    | ${'too_big'}   | ${210}
  ${'households_helped'}       | ${5000}  | ${unknown} | ${null}        | ${5000}
  ${'classes_held'}            | ${-1}    | ${unit}    | ${'negative'}  | ${62}
  ${'classes_held'}            | ${4.5}   | ${unit}    | ${'not_whole'} | ${62}
  ${'classes_held'}            | ${0}     | ${unit}    | ${null}        | ${62}
`('$figure $value of a unit of $of.adults: $kind', ({ figure, value, of, kind, max }) => {
  const def = villageMonth.figures.find((f) => f.id === figure)!;
  expect(limitOf(def, of)).toBe(max);
  expect(impossible(def, value, of)?.kind ?? null).toBe(kind);
});

it.each`
  figure                            | whole        | of                                        | kind         | why
  ${'police.level2_activated'}      | ${36_000}    | ${{ adults: 27_000, population: 36_000 }} | ${null}      | ${'all who live there'}
  ${'police.level2_activated'}      | ${36_001}    | ${{ adults: 27_000, population: 36_000 }} | ${'too_big'} | ${'one more than live there'}
  ${'commune.adults_digital_share'} | ${27_001}    | ${{ adults: 27_000, population: 36_000 }} | ${'too_big'} | ${'one more than the adults'}
  ${'commune.adults_digital_share'} | ${36_001}    | ${{ adults: null, population: 36_000 }}   | ${'too_big'} | ${'adults live there too'}
  ${'commune.adults_digital_share'} | ${9_000_000} | ${{ adults: null, population: null }}     | ${null}      | ${'nothing is known of the unit'}
  ${'commune.workers_digital'}      | ${90_000}    | ${{ adults: 27_000, population: 36_000 }} | ${null}      | ${'workers may live elsewhere'}
`('a share of $whole of $figure is $kind: $why', ({ figure, whole, of, kind }) => {
  const detail = { kind: 'ratio', numerator: 10, denominator: whole, asOf: null, source: null } as const;
  const limits = { households: null, ...of };
  expect(impossible(figureOf(figure), 0.1, limits, detail)?.kind ?? null).toBe(kind);
});

const partAndWhole = defineForm({
  ...villageMonth,
  id: 'part-and-whole',
  figures: [figureOf('village.learners'), { ...figureOf('village.learners'), id: 'learners_elderly' }],
  checks: [{ left: 'learners_elderly', op: '<=', right: 'learners', else: 'part_over_whole' }],
});

it.each`
  known                                       | failed
  ${{ learners: 20 }}                         | ${0}
  ${{ learners_elderly: 35 }}                 | ${0}
  ${{ learners: null, learners_elderly: 35 }} | ${0}
  ${{ learners: 20, learners_elderly: 20 }}   | ${0}
  ${{ learners: 20, learners_elderly: 35 }}   | ${1}
  ${{ learners: 0, learners_elderly: 1 }}     | ${1}
`('part and whole $known: $failed refused, as soon as both are known', ({ known, failed }) => {
  expect(contradictions(partAndWhole, known)).toHaveLength(failed);
});

it('names both numbers of a contradiction, whichever was given last', () => {
  const facts = { form: partAndWhole, unit, history: [] };
  const [whole, part] = partAndWhole.figures as [
    (typeof partAndWhole.figures)[0],
    (typeof partAndWhole.figures)[0],
  ];
  const expected = { verdict: 'refuse', because: { kind: 'contradiction', left: 35, right: 20 } };
  expect(review({ ...facts, figure: part, value: 35, known: { learners: 20 } })).toMatchObject(expected);
  expect(review({ ...facts, figure: whole, value: 20, known: { learners_elderly: 35 } })).toMatchObject(
    expected,
  );
});

it.each`
  given                                     | proper
  ${{ value: 0, status: 'reported' }}       | ${{ value: 0, status: 'zero' }}
  ${{ value: null, status: 'zero' }}        | ${{ value: 0, status: 'zero' }}
  ${{ value: 5, status: 'zero' }}           | ${null}
  ${{ value: null, status: 'reported' }}    | ${null}
  ${{ value: null, status: 'missing' }}     | ${{ value: null, status: 'missing' }}
  ${{ value: 0, status: 'missing' }}        | ${null}
  ${{ value: 7, status: 'not_applicable' }} | ${null}
`('$given is properly $proper', ({ given, proper }) => {
  expect(normalAnswer({ figure: 'learners', ...given })).toEqual(
    proper === null ? null : { figure: 'learners', ...proper },
  );
});

it.each`
  figure                 | value   | history                    | kind         | tier         | suggestion | why
  ${'households_helped'} | ${140}  | ${[7, 5, 14, 9]}           | ${'typo'}    | ${'reason'}  | ${14}      | ${'a zero too many'}
  ${'households_helped'} | ${14}   | ${[7]}                     | ${null}      | ${null}      | ${null}    | ${'double is believable'}
  ${'households_helped'} | ${0}    | ${[7, 5]}                  | ${null}      | ${null}      | ${null}    | ${'nothing happened'}
  ${'households_helped'} | ${140}  | ${[]}                      | ${null}      | ${null}      | ${null}    | ${'nothing to compare with'}
  ${'households_helped'} | ${140}  | ${[0, 0]}                  | ${null}      | ${null}      | ${null}    | ${'months of nothing say nothing'}
  ${'households_helped'} | ${140}  | ${[9, 9, 9, 9, 9, 9, 140]} | ${'typo'}    | ${'reason'}  | ${14}      | ${'only six months count'}
  ${'classes_held'}      | ${5}    | ${[4]}                     | ${null}      | ${null}      | ${null}    | ${'one more'}
  ${'classes_held'}      | ${44}   | ${[4, 5]}                  | ${'outside'} | ${'reason'}  | ${4}       | ${'a digit typed twice'}
  ${'learners'}          | ${121}  | ${[96]}                    | ${null}      | ${null}      | ${null}    | ${'a good month'}
  ${'learners'}          | ${300}  | ${[96]}                    | ${'outside'} | ${'confirm'} | ${null}    | ${'triple'}
  ${'learners'}          | ${9600} | ${[96, 90]}                | ${'typo'}    | ${'reason'}  | ${96}      | ${'two zeros too many'}
  ${'learners'}          | ${7777} | ${[96, 90]}                | ${'jump'}    | ${'reason'}  | ${null}    | ${'no slip explains it'}
  ${'adults_digital'}    | ${481}  | ${[412]}                   | ${null}      | ${null}      | ${null}    | ${'believable'}
  ${'adults_digital'}    | ${142}  | ${[412]}                   | ${'fell'}    | ${'reason'}  | ${412}     | ${'two digits changed round'}
  ${'learners'}          | ${9}    | ${[96, 90]}                | ${'typo'}    | ${'reason'}  | ${90}      | ${'a digit lost'}
  ${'learners'}          | ${30}   | ${[96, 90]}                | ${null}      | ${null}      | ${null}    | ${'a quiet month'}
  ${'adults_digital'}    | ${418}  | ${[412, 405]}              | ${null}      | ${null}      | ${null}    | ${'a stock grows'}
  ${'adults_digital'}    | ${412}  | ${[412, 400]}              | ${null}      | ${null}      | ${null}    | ${'a stock stays'}
  ${'adults_digital'}    | ${411}  | ${[412]}                   | ${'fell'}    | ${'reason'}  | ${null}    | ${'one moved away'}
  ${'adults_digital'}    | ${405}  | ${[412, 300]}              | ${'fell'}    | ${'reason'}  | ${null}    | ${'less than last month, though more than before'}
  ${'adults_digital'}    | ${405}  | ${[405, 412]}              | ${null}      | ${null}      | ${null}    | ${'the fall was explained a month ago'}
  ${'adults_digital'}    | ${350}  | ${[412]}                   | ${'fell'}    | ${'reason'}  | ${null}    | ${'a stock should not fall'}
  ${'adults_digital'}    | ${6}    | ${[412]}                   | ${'jump'}    | ${'reason'}  | ${null}    | ${'the month typed for the stock'}
  ${'adults_digital'}    | ${0}    | ${[412]}                   | ${'fell'}    | ${'reason'}  | ${null}    | ${'a stock is not nothing overnight'}
  ${'adults_digital'}    | ${4180} | ${[412]}                   | ${'typo'}    | ${'reason'}  | ${418}     | ${'a zero too many'}
`('$figure $value after $history: $kind, $why', ({ figure, value, history, kind, tier, suggestion }) => {
  const def = villageMonth.figures.find((f) => f.id === figure)!;
  const oddity = judgeAgainstHistory(def, value, history);
  expect({
    kind: oddity?.kind ?? null,
    tier: oddity?.tier ?? null,
    suggestion: oddity?.suggestion ?? null,
  }).toEqual({ kind, tier, suggestion });
});

it('says the usual range and how many months stand behind it', () => {
  const def = villageMonth.figures.find((f) => f.id === 'households_helped')!;
  const oddity = judgeAgainstHistory(def, 140, [7, 0, 5, 14]);
  expect(oddity).toMatchObject({ usual: { low: 5, high: 14 }, months: 3 });
});
