import { expect, test } from 'vitest';
import { saidTwice, withTable } from './table.ts';

const columns = ['Line', 'From', 'To'];
const rows = [
  ['Line 3', '14:42', 'still standing'],
  ['Line 1', '13:02', '13:13'],
];
const list = 'Stops:\n- Line 3, 14:42 and still standing, a breakdown\n- Line 1, 13:02 to 13:13, short stop';

test('a list that says no more than the table gives way to it, with its heading', () => {
  const text = `Where the time went:\n- breakdowns: 5 minutes\n\n${list}\n\nA last word.`;
  const table = { columns, rows };
  expect(withTable({ text, table })).toEqual({
    text: 'Where the time went:\n- breakdowns: 5 minutes\n\nA last word.',
    table,
  });
  expect(saidTwice({ text, table })).toMatchObject({ whole: true, more: false });
});

test('a list that is cut gives way to the whole table', () => {
  const table = { columns, rows: [...rows, ['Line 2', '05:46', '05:48']] };
  expect(withTable({ text: list, table })).toEqual({ text: '', table });
  expect(saidTwice({ text: list, table })).toMatchObject({ whole: false });
});

test('a table that says less than the text is left out', () => {
  const text = `${list.split('\n')[1]}, ${'because of this and that '.repeat(4)}`;
  expect(withTable({ text, table: { columns, rows: rows.slice(0, 1) } })).toEqual({ text, table: null });
});

test('what stands in one of them alone stays', () => {
  const table = { columns, rows };
  const text = 'Missing:\n- OPC UA: no data from 12:04 to 12:05';
  expect(withTable({ text, table })).toEqual({ text, table });
  expect(withTable({ text: list, table: null })).toEqual({ text: list, table: null });
});
