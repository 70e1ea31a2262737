import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { findStops, frameStops } from '../frame/frame.ts';
import { caseOf, coverageOf, calmBusiness } from './cases.ts';
import { alarm, at, draw, recordOf, startOfDrawing } from './drawing.ts';
import { bottlingPlant, lineIn, lineOf, plantOf } from './plants.ts';

const E = (before: number, letter: string): string => 'E'.repeat(before) + letter.repeat(70 - before);
const jammed = `
  capper     ${E(36, 'B')}
  labeller   ${E(33, 'B')}
  packer     ${E(30, 'H')}
  palletizer ${E(32, 'S')}`;
const plant = bottlingPlant();
const known = [calmBusiness(), draw('line-3', jammed), alarm(300, 'line-3.packer', 'J1', 'Jam at infeed')];

describe('a line that is described wrongly', () => {
  const twisted = (flow: object[], machines: object[] = []): ReturnType<typeof plantOf> => {
    const line = lineOf('line-3', 'capper > labeller > packer > palletizer');
    return plantOf([
      {
        ...line,
        machines: [...(line.machines as object[]), ...machines],
        flow: [...(line.flow as object[]), ...flow],
      },
    ]);
  };
  it.each([
    ['a circle', twisted([{ from: 'line-3.palletizer', to: 'line-3.capper', capacity: 5 }])],
    ['a machine named twice', twisted([], [{ id: 'line-3.packer', name: 'packer' }])],
    ['a machine the line has not', twisted([{ from: 'line-3.packer', to: 'line-9.unknown', capacity: 5 }])],
    [
      'a machine that leads to itself',
      twisted([{ from: 'line-3.packer', to: 'line-3.packer', capacity: 5 }]),
    ],
  ])('%s: names the machine that stood all the same', (_, odd) => {
    const found = diagnose(caseOf({ plant: odd, records: known }));
    expect(found).toMatchObject({ machine: 'line-3.packer', cause: 'infeed_jam' });
    expect(found.chain.at(-1)?.to).toBe('line-3.palletizer');
  });
});

describe('records that cannot be', () => {
  it('bears a state it never saw and an end before the beginning', () => {
    const odd = [
      recordOf('state', 310, 'line-3.rinser', { state: 'Unknown', raw: 'ZX-81', plain: true }),
      recordOf('downtime_event', 320, 'line-3', {
        source: 'mes',
        status: 'Down',
        category: 'downtime',
        from: at(320),
        to: at(-50),
      }),
      recordOf('calendar', 320, 'line-3', { activity: 'cleaning', from: at(400), to: at(100) }),
    ];
    expect(diagnose(caseOf({ plant, records: [...known, odd] }))).toMatchObject({
      machine: 'line-3.packer',
      cause: 'infeed_jam',
    });
  });

  it.each([
    ['forth', 3600],
    ['back', -3600],
  ])('bears a source whose clock jumped %s by an hour in the middle of the stop', (_, jump) => {
    const jumped = alarm(900 + jump, 'line-3.labeller', 'X9', 'Clock set').map((record) => ({
      ...record,
      observedAt: at(901),
    }));
    expect(diagnose(caseOf({ plant, records: [...known, jumped] }))).toMatchObject({
      machine: 'line-3.packer',
    });
  });

  it('goes by the machines where the MES tells another time of the same stop', () => {
    const late = recordOf('downtime_event', 560, 'line-3', {
      source: 'mes',
      status: 'Down',
      category: 'downtime',
      from: at(560),
      to: null,
    });
    const given = caseOf({ plant, records: [...known, late] });
    expect(given.stop.from).toBe(at(320));
    expect(diagnose(given)).toMatchObject({ machine: 'line-3.packer', cause: 'infeed_jam' });
  });

  it('answers forty alarms of ten seconds by the machine, not by their number', () => {
    const flood = Array.from({ length: 40 }, (_, n) =>
      alarm(322 + n / 4, 'line-3.labeller', `F${n}`, `Discharge full ${n}`),
    );
    expect(diagnose(caseOf({ plant, records: [...known, ...flood] }))).toMatchObject({
      machine: 'line-3.packer',
      cause: 'infeed_jam',
    });
  });
});

describe('little is known', () => {
  it('answers an old stop of which only the MES is left', () => {
    const entry = recordOf('downtime_event', 300, 'line-3', {
      source: 'mes',
      status: 'Down',
      category: 'downtime',
      reason: 'Waiting',
      from: at(300),
      to: at(1500),
    });
    const found = diagnose(caseOf({ plant, records: [entry], coverage: coverageOf() }));
    expect(found).toMatchObject({ abstained: true, machine: null });
    expect(found.stop.from).toBe(at(300));
  });

  it('answers a stop that goes on, on a plant of one machine without ERP', () => {
    const press = plantOf([lineOf('cell', 'press')], { utilities: [], systems: [] });
    const records = [
      draw('cell', `press ${E(30, 'A')}`),
      alarm(300, 'cell.press', 'D1', 'Drive overload trip'),
    ];
    const found = diagnose(caseOf({ plant: press, line: 'cell', records, coverage: [] }));
    expect(found).toMatchObject({ machine: 'cell.press', chain: [] });
    expect(found.stop.to).toBeNull();
  });
});

it('reads a weekend of shifts and alarms in a time that grows with it, not with its square', () => {
  const shifts = [
    { id: 'early', name: 'Early', from: '06:00', to: '14:00', breaks: [{ from: '10:00', to: '10:15' }] },
  ];
  const weekly = bottlingPlant({ shifts });
  const took = (days: number): number => {
    const end = days * 86_400;
    const chatter = Array.from({ length: days * 700 }, (_, n) =>
      alarm(n * 120, 'line-3.packer', `A${n % 9}`, 'Guard open', n * 120 + 20),
    ).flat();
    const records = [...draw('line-3', `palletizer ${E(10, 'T')}`, { stepS: 60 }), ...chatter];
    const begun = process.threadCpuUsage();
    const given = {
      plant: weekly,
      line: lineIn(weekly),
      records,
      window: { from: startOfDrawing, to: startOfDrawing + end * 1000 },
      now: startOfDrawing + end * 1000,
    };
    expect(findStops(given)).toHaveLength(1);
    const stop = frameStops(given)[0]?.stop;
    if (!stop) throw new Error('no stop');
    diagnose({ ...given, stop, signals: [], coverage: coverageOf(), confirmed: [], truncated: false });
    const { user, system } = process.threadCpuUsage(begun);
    return (user + system) / 1000;
  };
  took(1);
  const short = Math.min(took(2), took(2));
  // Reckoned in CPU time, which a busy machine does not stretch. Four times the records take four times that, at times eight; sixteen would be the square.
  expect(Math.min(took(8), took(8))).toBeLessThan(Math.max(40, short * 10));
});
