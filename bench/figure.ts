/** What a figure should be; without one it is printed for whoever wants to know. */
type Aim = { below: number } | { atMost: number } | { atLeast: number };
/** `value`: null where this machine cannot tell it. `why`: what explains a figure that misses its aim. */
export type Figure = { name: string; value: number | null; unit: string; aim?: Aim; why?: string };
/** What one suite found. `notes`: how it was measured, one sentence each. */
export type Found = { title: string; figures: Figure[]; notes: string[] };
/** A file in `suites/` exports this by default; its name is the suite's. */
export type Suite = (progress: (sentence: string) => void) => Promise<Found>;

/** null: no aim, or nothing to hold against it. */
export function reached({ value, aim }: Figure): boolean | null {
  if (!aim || value === null) return null;
  if ('below' in aim) return value < aim.below;
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast;
}

const aimWords = (aim: Aim): string => {
  if ('below' in aim) return `under ${shown(aim.below)}`;
  return 'atMost' in aim ? `at most ${shown(aim.atMost)}` : `at least ${shown(aim.atLeast)}`;
};

/** Three digits that mean something, and whole numbers from a hundred on. */
const shown = (value: number): string =>
  Math.abs(value) >= 100 || Number.isInteger(value)
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));

/** A suite as Markdown: its figures as a table, what misses its aim and why, how it was measured. */
export function asMarkdown(name: string, { title, figures, notes }: Found): string {
  const rows = figures.map((one) => [
    one.name,
    one.value === null ? 'not known' : `${shown(one.value)} ${one.unit}`.trim(),
    one.aim ? aimWords(one.aim) : '',
    { true: 'reached', false: '**not reached**', null: '' }[String(reached(one))] ?? '',
  ]);
  const missed = figures.filter((one) => reached(one) === false);
  return [
    `## ${name}: ${title}`,
    tableOf([['figure', 'value', 'aim', ''], ...rows]),
    ...missed.map((one) => `Not reached: ${one.name}. ${one.why ?? ''}`.trim()),
    notes.map((note) => `- ${note}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
