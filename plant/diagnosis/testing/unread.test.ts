import { describe, expect, it } from 'vitest';
import type { PlantRecord } from '../../record.ts';
import { diagnose } from '../diagnose.ts';
import type { SignalWindow } from '../stop-case.ts';
import { calmBusiness, caseOf, coverageOf, signal } from './cases.ts';
import { alarm, draw, recordOf } from './drawing.ts';
import { bottlingPlant } from './plants.ts';
import { capperStands } from './ten.ts';

type Given = {
  text?: string;
  letter?: string;
  signals?: readonly SignalWindow[];
  more?: readonly (PlantRecord | readonly PlantRecord[])[];
  /** Of the plant. */
  plant?: Record<string, unknown>;
};

/** The capper stands from second 300 on, with this alarm. */
const capper = ({ text = '', letter = 'H', signals = [], more = [], plant = {} }: Given) =>
  diagnose(
    caseOf({
      plant: bottlingPlant(plant),
      records: [
        calmBusiness(),
        draw('line-3', capperStands(letter)),
        ...(text === '' ? [] : [alarm(300, 'line-3.capper', 'Z77', text)]),
        ...more,
      ],
      signals,
    }),
  );
const shareOf = (found: ReturnType<typeof diagnose>, cause: string, place?: string): number =>
  found.candidates
    .filter((one) => one.cause === cause && (place === undefined || one.place === place))
    .reduce((sum, { p }) => sum + p, 0);

const grew = signal(
  'line-3.capper',
  'torque',
  'Nm',
  12,
  (s) => 12 + Math.sin(s) / 20 + Math.max(0, s + 300) / 120,
  900,
  -1500,
);
const parameter = (s: number, equipment: string): PlantRecord =>
  recordOf('quality', s, equipment, {
    source: 'mes',
    key: `PAR-${s}`,
    event: 'parameter_changed',
    subject: 'seal temperature',
    text: '204 -> 188',
  });

describe('words that nobody here reads', () => {
  it('take nothing from a cause that the values show, as words of another cause do', () => {
    const unread = capper({ text: 'Vridmomentvakt K7', letter: 'A', signals: [grew] });
    const read = capper({ text: 'Photocell dirty', letter: 'A', signals: [grew] });
    expect(unread).toMatchObject({ cause: 'drive_trip', place: 'line-3.capper', abstained: false });
    expect(shareOf(unread, 'drive_trip')).toBeGreaterThan(shareOf(read, 'drive_trip'));
  });

  it('leave open what they mean: more is not known than where they are read', () => {
    const unread = capper({ text: 'Vridmomentvakt K7' });
    const read = capper({ text: 'Infeed jam' });
    expect(unread.abstained).toBe(true);
    expect(shareOf(unread, 'unknown')).toBeGreaterThan(shareOf(read, 'unknown'));
  });

  it('the first of a machine names the cause; what comes a second later follows from it', () => {
    const after = alarm(302, 'line-3.capper', 'Z78', 'Drive overload');
    const found = capper({ text: 'Infeed jam', more: [after] });
    expect(found).toMatchObject({ cause: 'infeed_jam', abstained: false });
  });

  it('that name a jam and what gave way to it are a jam', () => {
    expect(capper({ text: 'Infeed star jam / clutch released' })).toMatchObject({
      cause: 'infeed_jam',
      abstained: false,
    });
  });
});

describe('a cause that only words speak for', () => {
  const gap = signal('line-3.capper', 'gap_width', 'mm', 5, (s) => (s > 200 ? 8 : 5));

  it('is named where nothing else is odd, and not where a value went off that it does not explain', () => {
    expect(capper({ text: 'Infeed jam' }).cause).toBe('infeed_jam');
    const found = capper({ text: 'Infeed jam', signals: [gap] });
    expect(found).toMatchObject({ cause: 'unknown', place: 'line-3.capper', abstained: true });
  });
});

describe('one record that decides', () => {
  it('is enough where a system wrote that it was down, although nothing else speaks for it', () => {
    const given = draw(
      'line-3',
      `
      labeller     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEETTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTEEE
      packer       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEETTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTEEE
      palletizer   EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEESSSSSSSSSSSSSSSSSSSSSSSSSSSSSEEE`,
    );
    const event = (s: number, what: 'down' | 'up') =>
      recordOf('system', s, 'label-server', { source: 'mes', component: 'label server', event: what });
    const found = diagnose(
      caseOf({
        plant: bottlingPlant(),
        records: [calmBusiness(), given, event(280, 'down'), event(655, 'up')],
      }),
    );
    expect(found).toMatchObject({ cause: 'system_no_answer', place: 'label-server', abstained: false });
  });
});

describe('a whole line that was told to stop', () => {
  const allStopped = ['depalletizer', 'rinser', 'filler', 'capper', 'labeller', 'packer', 'palletizer']
    .map((name) => `${name} ${'E'.repeat(30)}${'T'.repeat(36)}EEE`)
    .join('\n');

  it('for none of the causes known: plan, orders, quality and crew were heard, and none of them held it', () => {
    const found = diagnose(
      caseOf({ plant: bottlingPlant(), records: [calmBusiness(), draw('line-3', allStopped)] }),
    );
    expect(found).toMatchObject({ cause: 'other', place: 'line-3', abstained: false });
  });

  it('for nobody knows what where those were not heard', () => {
    const dark = { state: 'down', lastRecordAt: null } as const;
    const found = diagnose(
      caseOf({
        plant: bottlingPlant(),
        records: [draw('line-3', allStopped)],
        coverage: coverageOf({ erp: dark, mes: dark }),
      }),
    );
    expect(found).toMatchObject({ place: 'line-3', abstained: true });
  });
});

describe('a setting that was changed', () => {
  const cooled = signal(
    'line-3.capper',
    'seal_temp',
    '°C',
    204,
    (s) => (s < 0 ? 204 + Math.sin(s) / 4 : Math.max(188, 204 - s / 6)),
    900,
    -1800,
  );

  it('explains the value that followed it; without it the temperature fell by itself', () => {
    const changed = capper({ text: 'Seal check', signals: [cooled], more: [parameter(-5, 'line-3.capper')] });
    const alone = capper({ text: 'Seal check', signals: [cooled] });
    expect(changed).toMatchObject({ cause: 'parameter_changed', place: 'line-3.capper', abstained: false });
    expect(alone.candidates.find(({ cause }) => cause !== 'other')?.cause).toBe('temperature_low');
  });

  it('is not what a value shows that is still falling as the machine stops', () => {
    const temperature = (value: (s: number) => number) =>
      signal('line-3.capper', 'seal_temp', '°C', 204, value, 900, -1800);
    const falls = temperature((s) => 174 - (s + 1800) / 60 + Math.sin(s) / 4);
    const stays = temperature((s) => 156 + Math.sin(s) / 4);
    const share = (one: SignalWindow) =>
      shareOf(capper({ text: 'Seal check', signals: [one] }), 'parameter_changed');
    expect(share(stays)).toBeGreaterThan(3 * share(falls));
  });

  it('at a machine before the one that counts bad pieces lies there', () => {
    const found = capper({
      text: 'Reject limit: 5 consecutive rejects',
      more: [parameter(-600, 'line-3.filler')],
    });
    expect(found.candidates.find(({ cause }) => cause !== 'other')).toMatchObject({
      cause: 'parameter_changed',
      place: 'line-3.filler',
    });
  });
});
