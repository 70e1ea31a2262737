import { describe, expect, it } from 'vitest';
import { causeRecordOf, confirmed, refuted, type CauseRecord } from '../../cause-record.ts';
import { withDecisions } from '../../cause-record-decided.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import { tripped, uncovered } from '../../diagnosis/testing/ten.ts';
import { iso, millis } from '../../time.ts';
import { sayCauseRecord } from './cause-record.ts';

const { case: given } = tripped();
const { plant } = given;
const { evidence } = diagnose(given);
const record = causeRecordOf(diagnose(given), plant, { order: '1001', unitsLost: 3_000 });
const now = millis(record.d2_problem.end ?? '') + 3_600_000;
const said = (one: CauseRecord) => sayCauseRecord({ record: one, evidence }, plant, { now });
const text = (one: CauseRecord, label: string) =>
  said(one).entries.find((entry) => entry.label === label)?.text;
const who = { by: 'supervisor', at: iso(now) } as const;

describe('a cause record in words', () => {
  it('is a proposal until a person says what it was', () => {
    expect(said(record).status).toBe('A proposal: nobody has confirmed it yet.');
    const { cause_id: cause, place } = record.d4_root;
    expect(said(confirmed(record, { cause, place, ...who })).status).toMatch(
      /^Confirmed by the supervisor at \d\d:\d\d\.$/,
    );
    expect(said(confirmed(record, { cause: 'infeed_jam', place, ...who })).status).toMatch(
      /^Confirmed by the supervisor at \d\d:\d\d instead of a tripped drive at the capper\.$/,
    );
    expect(said(refuted(record, who)).status).toMatch(/^Refused by the supervisor at \d\d:\d\d\.$/);
  });

  it('asks on from the line to the cause, and leaves open what no record shows', () => {
    const { whys } = said(record);
    expect(whys.map(({ why }) => why)).toEqual(record.d4_root.whys.map(({ why }) => why));
    expect(whys.at(-1)).toMatchObject({ because: 'The drive of the capper tripped' });
    expect(whys.at(-1)?.evidence).toBe(record.d4_root.whys.at(-1)?.evidence_id);
    const people = uncovered().case;
    const open = said(causeRecordOf(diagnose(people), people.plant)).whys.at(-1);
    expect(open).toMatchObject({ because: null, evidence: null });
  });

  it('says of an answer whose record is gone that it is', () => {
    const { whys } = sayCauseRecord({ record, evidence: [] }, plant, { now });
    expect(whys.at(-1)).toMatchObject({
      because: 'The drive of the capper tripped (its record is no longer kept)',
      evidence: null,
    });
  });

  it('fills in what is known, and says of the rest that it is not', () => {
    expect(text(record, 'Problem')).toMatch(
      /^Line 3 stood \d\d:\d\d to \d\d:\d\d \(minor stop\), seen at the/,
    );
    expect([text(record, 'Order'), text(record, 'Units lost')]).toEqual(['"1001"', 'About 3,000']);
    expect(text(record, 'Root cause')).toBe('A tripped drive at the capper');
    expect(text(causeRecordOf(diagnose(given), plant), 'Units lost')).toBe('Not known');
    for (const [label, empty] of [
      ['Containment', 'None'],
      ['Choice', 'None'],
      ['Outcome', 'Not known'],
      ['Permanent action', 'None'],
    ] as const)
      expect(text(record, label)).toBe(empty);
    expect(text(record, 'Rather than')).toBeUndefined();
  });

  it('does not change what it cites: the order is the ERP’s, in its own letters', () => {
    const small = causeRecordOf(diagnose(given), plant, { order: 'po-4711' });
    expect(text(small, 'Order')).toBe('"po-4711"');
  });

  it('says what people decided on one line, as it was typed, in quotation marks', () => {
    const done = withDecisions(record, [
      {
        id: 'd-1',
        revision: 1,
        status: 'confirmed',
        line: 'line-3',
        equipment: null,
        exception: 'x',
        cause: null,
        whatHappened: '',
        constraint: 'A drive that is only reset\ntrips again.',
        options: ['run slower', 'pH probe "2" out'],
        response: 'Call <b>maintenance</b>',
        steps: [],
        tradeoffs: ['pH is not measured'],
        proposedBy: 'operator',
        decidedBy: 'supervisor',
        decidedAt: record.d2_problem.start,
        validFrom: record.d2_problem.start,
        validTo: null,
        outcome: { status: 'failed', text: '', minutesToRun: 3, at: iso(now) },
        source: { surface: 'web', place: null, link: null },
        recordedAt: record.d2_problem.start,
      },
    ]);
    expect(text(done, 'Containment')).toMatch(/^"Call <b>maintenance<\/b>" \(the supervisor, \d\d:\d\d\)$/);
    expect(text(done, 'Choice')).toBe('"Call <b>maintenance</b>"');
    expect(text(done, 'Because')).toBe('"A drive that is only reset trips again."');
    expect(text(done, 'Rather than')).toBe(`"run slower"; "pH probe '2' out"`);
    expect(text(done, 'At the price of')).toBe('"pH is not measured"');
    expect(text({ ...done, d7_prevent: 'pH probe cleaned.' }, 'Permanent action')).toBe(
      '"pH probe cleaned."',
    );
    expect(text(done, 'Outcome')).toMatch(
      /^The line ran again 3 minutes after the choice; it was not enough, as of \d\d:\d\d$/,
    );
  });
});
