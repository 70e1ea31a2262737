import { answerable, causeIn } from '../stops/figures.ts';
import type { Judged } from '../stops/judge.ts';
import { baselineTable, classOf, dialTable, easyTable, leftOutTable, tableBy } from './breakdown.ts';
import { countsTable, differencesTable, figuresTable, reliabilityTable } from './figures.ts';
import { wordsTable, wordsText } from './certainty.ts';
import { missedList } from './why.ts';

/** What is told of any set of cases. `closed`: nothing is told of single misses. */
export const caseTables = (cases: readonly Judged[], closed = false): string =>
  [
    figuresTable(cases),
    missedList(cases, closed),
    countsTable(cases),
    ...(closed ? [] : [differencesTable(cases)]),
    tableBy('class', cases, classOf),
    baselineTable(cases),
  ].join('\n\n');

/** The same, by everything it could depend on. `level`: of the headings. */
export function wholeStory(cases: readonly Judged[], level: '###' | '####'): string {
  const able = answerable(cases);
  return [
    figuresTable(cases),
    missedList(cases),
    countsTable(cases),
    differencesTable(cases),
    `${level} By class`,
    tableBy('class', cases, classOf),
    `${level} By cause`,
    tableBy('cause', cases, ({ truth }) => truth.cause),
    `${level} By kind of case`,
    tableBy('kind', cases, ({ truth }) => truth.kind),
    `${level} By dial`,
    dialTable(cases),
    `${level} Beside six ways to answer without thinking`,
    baselineTable(cases),
    easyTable(cases),
    `${level} A cause that is not in the catalogue`,
    leftOutTable(cases),
    `${level} Can the words be believed?`,
    wordsText,
    wordsTable(cases),
    `${level} Can the shares be believed?`,
    reliabilityTable(able, (one) => causeIn(one, 1)),
  ].join('\n\n');
}
