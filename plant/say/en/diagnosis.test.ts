import { describe, expect, it } from 'vitest';
import { catalogue } from '../../diagnosis/causes/catalogue.ts';
import type { RootCause } from '../../diagnosis/diagnosis.ts';
import * as en from '../en.ts';
import { diagnosis, expectGrounded, now, plant, record, stop } from '../testing/stop.ts';
import { because } from './causes.ts';

const root = (place: string, cause: string, time: string): RootCause => ({
  place,
  cause,
  class: null,
  at: stop.from.replace(/T\d\d:\d\d/, `T${time}`),
  p: 0.9,
  evidence: [],
});

describe('why a line stopped, in English', () => {
  it('answers why a line stopped, first line first', () => {
    const said = en.sayDiagnosis(diagnosis, plant, { now });
    expect(`${said.firstLine}\n\n${said.text}`).toMatchInlineSnapshot(`
      "Line 3 stopped at 14:02 because a consumable ran empty at the capper; it stood 11 minutes and has run again since 14:13.

      How it went: The capper left the labeller without product at 14:01, then the packer (14:02). The packer reports no state; this follows from the neighbours.

      Evidence:
      - OPC UA, 14:00: Capper: alarm "Cap chute empty" came
      - OPC UA, 14:00: Capper: Held
      - Plex, 14:02: Line 3: entry "Down", no reason given

      Speaks against it:
      - SAP S/4HANA, 13:50: stock of caps: 4,000 PC free to use

      Ruled out:
      - Caps out of stock: 4,000 caps lie in the warehouse

      Not known:
      - Whether somebody had called for caps"
    `);
    expectGrounded(said);
    expect(said.claims[0]).toMatchObject({ kind: 'inference', evidence: diagnosis.candidates[0]?.for });
  });

  it.each([
    [0.91, 'Line 3 stopped at 14:02 because'],
    [0.7, 'Line 3 stopped at 14:02, most likely because'],
  ])('says how sure it is in words: %d', (p, begins) => {
    const said = en.sayDiagnosis({ ...diagnosis, p }, plant, { now });
    expect(said.firstLine.startsWith(begins)).toBe(true);
    expect(`${said.firstLine} ${said.text}`).not.toMatch(/%|0\.\d/);
  });

  it('abstains in words, with what is known and the two that remain', () => {
    const said = en.sayDiagnosis(
      { ...diagnosis, abstained: true, cause: 'unknown', class: null, p: 0.4 },
      plant,
      { now },
    );
    expect(said.firstLine).toBe(
      'Line 3 stopped at 14:02; it began at the capper. Not enough evidence to name the cause. It stood 11 minutes and has run again since 14:13.',
    );
    expect(said.text).toContain('Could be: cap chute empty at the capper or jam at the capper infeed.');
    expectGrounded(said);
  });

  it('tells a stop that goes on, and one that was planned', () => {
    const going = { ...stop, to: null, durationS: 1680 };
    expect(en.sayDiagnosis({ ...diagnosis, stop: going }, plant).firstLine).toMatch(
      /; it has been standing for 28 minutes\.$/,
    );
    expect(en.sayDiagnosis({ ...diagnosis, stop: going }, plant).text).toContain(
      'Check next: look at the cap chute of the capper.',
    );
    const planned = {
      ...diagnosis,
      planned: true,
      cause: 'changeover',
      place: 'line-3',
      stop: { ...stop, planned: true },
    };
    expect(en.sayDiagnosis(planned, plant, { now }).firstLine).toBe(
      'Line 3 stopped at 14:02 for a planned changeover; it stood 11 minutes and has run again since 14:13.',
    );
  });

  it('says a way that goes on alike once, and what nobody reported in one sentence', () => {
    const step = (from: string, to: string, kind: 'starves' | 'supplies', inferred = false) => ({
      from,
      to,
      kind,
      inferred,
      at: stop.from,
    });
    const chain = [
      step('compressed-air', 'line-3.capper', 'supplies'),
      step('line-3.capper', 'line-3.labeller', 'starves', true),
      step('line-3.labeller', 'line-3.packer', 'starves'),
    ];
    const unknown = ['what the labeller did: nobody reports its state', 'the lots in use'];
    const { text } = en.sayDiagnosis({ ...diagnosis, place: 'compressed-air', chain, unknown }, plant, {
      now,
    });
    expect(text).toContain(
      'How it went: Compressed air left the capper without supply at 14:02, which left the labeller without product at 14:02, then the packer. The labeller reports no state; this follows from the neighbours.',
    );
    expect(text).toContain('Not known:\n- The lots in use');
    expect(text.split('labeller').length - 1).toBe(2);
    const held = [{ ...step('line-3', 'line-3.packer', 'starves'), kind: 'holds' as const }];
    expect(en.sayDiagnosis({ ...diagnosis, chain: held }, plant, { now }).text).not.toContain('How it went');
  });

  it('says the time once for all machines that stood within the minute', () => {
    const way = ['rinser', 'filler', 'capper', 'labeller', 'packer'];
    const times = ['13:00:20', '13:00:40', '13:00:50', '13:01:10'];
    const chain = times.map((time, index) => ({
      from: `line-3.${way[index]}`,
      to: `line-3.${way[index + 1]}`,
      kind: 'starves' as const,
      inferred: false,
      at: stop.from.replace(/T\d\d:\d\d:\d\d/, `T${time}`),
    }));
    expect(en.sayDiagnosis({ ...diagnosis, chain }, plant, { now }).text).toContain(
      'left the filler without product at 14:00, then the capper and the labeller, then the packer (14:01).',
    );
  });

  it.each([
    ['Capper', 'the capper'],
    ['C2-400 (Log saw) [x] +*?$^|\\', 'C2-400 (Log saw) [x] +*?$^|\\'],
  ])('says what to look at next first, and a place that two causes share once: %s', (name, place) => {
    const [first, second] = diagnosis.candidates;
    const renamed = structuredClone(plant);
    for (const machine of renamed.lines.flatMap(({ machines }) => machines))
      if (machine.id === first?.place) machine.name = name;
    const candidates = [
      { ...first!, words: `a tripped drive at ${place}` },
      { ...second!, cause: 'waiting_for_maintenance', words: `a wait for maintenance at ${place}` },
    ];
    const { text } = en.sayDiagnosis(
      { ...diagnosis, candidates, abstained: true, cause: 'unknown', class: null, p: 0.4 },
      renamed,
      { now },
    );
    const [could, check, how] = text.split('\n\n');
    expect(could).toBe(`Could be: a tripped drive or a wait for maintenance at ${place}.`);
    expect(check).toMatch(/^Check next: /);
    expect(how).toMatch(/^How it went: /);
  });

  it('says one cause and one process value once', () => {
    const roots = [
      root('line-3.capper', 'no_operator', '13:01'),
      root('line-3.capper', 'no_operator', '13:03'),
      root('line-3.packer', 'drive_trip', '13:05'),
    ];
    const torque = (time: string, value: string) => ({
      ...record(
        `machines/signal/line-3.capper/torque@${time}`,
        'OPC UA',
        stop.from,
        `Capper: torque ${value}`,
      ),
      kind: 'signal',
    });
    const evidence = [torque('1', '9.5 Nm'), torque('2', '9.8 Nm')];
    const candidates = [{ ...diagnosis.candidates[0]!, for: evidence.map(({ id }) => id) }];
    const said = en.sayDiagnosis({ ...diagnosis, cause: 'no_operator', roots, evidence, candidates }, plant, {
      now,
    });
    expect(said.firstLine).toBe(
      'Line 3 stopped at 14:02 because the capper waited for an operator and the post was not covered; then, at 14:05, the drive of the packer tripped; it stood 11 minutes and has run again since 14:13.',
    );
    expect(said.text).toContain('torque 9.5 Nm');
    expect(said.text).not.toContain('torque 9.8 Nm');
  });

  it('begins with what stopped the line, also where the cause is what kept it standing', () => {
    const jam = { ...root('line-3.capper', 'infeed_jam', '13:02'), p: 0.75 };
    const wait = root('line-3.capper', 'no_operator', '13:03');
    const told = (first: RootCause) =>
      en.sayDiagnosis({ ...diagnosis, cause: 'no_operator', p: wait.p, roots: [first, wait] }, plant, {
        now,
      });
    expect(told(jam).firstLine).toBe(
      'Line 3 stopped at 14:02, most likely because product jammed at the infeed of the capper; then, at 14:03, the capper waited for an operator and the post was not covered; it stood 11 minutes and has run again since 14:13.',
    );
    // What is named is named, also where it shares its certainty with what followed.
    const shared = en.sayDiagnosis(
      { ...diagnosis, cause: 'infeed_jam', p: 0.6, roots: [{ ...jam, p: 0.6 }, wait] },
      plant,
      { now },
    );
    expect(shared.firstLine).toMatch(/^Line 3 stopped at 14:02, most likely because product jammed/);
    // Too unsure to be named: one sentence of its own.
    const unsure = told({ ...jam, p: 0.6 });
    expect(unsure.firstLine).toBe(
      'Line 3 stopped at 14:02 because the capper waited for an operator and the post was not covered; it stood 11 minutes and has run again since 14:13.',
    );
    expect(unsure.text).toContain('Possibly, at 14:02, product jammed at the infeed of the capper.');
  });

  it('says against which of several causes a record speaks', () => {
    const open = { ...diagnosis, abstained: true, cause: 'unknown', class: null, p: 0.4 };
    expect(en.sayDiagnosis(open, plant, { now }).text).toContain('Speaks against the first of them:');
    expect(en.sayDiagnosis(diagnosis, plant, { now }).text).toContain('Speaks against it:');
    const none = open.candidates.map((one) => ({ ...one, p: 0.05 }));
    expect(en.sayDiagnosis({ ...open, candidates: none }, plant, { now }).text).not.toContain(
      'Speaks against',
    );
  });

  it('names the day where it is not today', () => {
    const later = now + 3 * 86_400_000;
    expect(en.sayDiagnosis(diagnosis, plant, { now: later }).firstLine).toMatch(
      /^Line 3 stopped on Friday 20 Nov at 14:02 because/,
    );
    expect(en.sayDiagnosis(diagnosis, plant, { now: now + 86_400_000 }).firstLine).toMatch(
      /^Line 3 stopped yesterday at 14:02 because/,
    );
  });

  it('names the source where its values failed', () => {
    const gap = { ...record('machines/gap/1', 'OPC UA', stop.from, 'no data: connection lost'), kind: 'gap' };
    const [top] = diagnosis.candidates;
    const candidates = [{ ...top!, cause: 'sensor_outage', for: [gap.id] }];
    const said = en.sayDiagnosis(
      { ...diagnosis, cause: 'sensor_outage', class: 'it', candidates, evidence: [gap] },
      plant,
      { now },
    );
    expect(said.firstLine).toMatch(/^Line 3 stopped at 14:02 because OPC UA gave no data of the capper; /);
  });

  it('never shows an id, whatever the cause or the place', () => {
    for (const place of [
      'line-3.supply',
      'line-3.dispatch',
      'compressed-air',
      'label-server',
      'line-3',
      'gone.some-thing',
    ])
      for (const cause of ['dispatch_full', 'system_no_answer', 'a_new_cause', 'other']) {
        const said = en.sayDiagnosis({ ...diagnosis, place, cause, machine: null }, plant, { now });
        expect(`${said.firstLine} ${said.text}`).not.toMatch(/line-3|compressed-air|label-server|_/);
      }
  });

  it('has a clause for every cause that can be found, planned ones too', () => {
    const planned = [
      'planned_break',
      'no_shift',
      'planned_maintenance',
      'changeover',
      'cleaning',
      'meeting',
      'no_order',
    ];
    for (const cause of [...catalogue.map(({ id }) => id), ...planned])
      expect(because(cause, 'the capper', 'its noun phrase')).toMatch(/^because (?!of its noun phrase)/);
    expect(because('a_new_cause', 'the capper', 'its noun phrase')).toBe('because of its noun phrase');
  });

  it('quotes text from outside on one line and cuts it', () => {
    const evil = record('notes/note/1', 'Operator notes', stop.from, `"ignore\n\nall ${'x'.repeat(400)}`);
    const said = en.sayDiagnosis(
      { ...diagnosis, evidence: [evil], candidates: [{ ...diagnosis.candidates[0]!, for: [evil.id] }] },
      plant,
      { now },
    );
    const bullet = said.text.split('\n').find((row) => row.includes('Operator notes'));
    expect(bullet?.length).toBeLessThan(280);
    expect(bullet).toContain('ignore all');
  });
});
