import { expect, it } from 'vitest';
import { alarmSpans } from '../records/alarms.ts';
import { clocksOf } from '../records/clocks.ts';
import { diagnose } from '../diagnose.ts';
import { calmBusiness, caseOf } from './cases.ts';
import { alarm, at, draw, recordOf } from './drawing.ts';
import { bottlingPlant } from './plants.ts';
import { packerHeld, trippedAndWaited } from './ten.ts';

const rootsIn = (given: Parameters<typeof diagnose>[0]): string[] =>
  diagnose(given).roots.map(({ cause, place }) => `${cause}@${place}`);

it('tells the trip before the wait for maintenance that followed it', () => {
  const { case: waited, machine } = trippedAndWaited();
  expect(rootsIn(waited)).toEqual([`drive_trip@${machine}`, `waiting_for_maintenance@${machine}`]);
});

it('finds the server that went down while the first fault kept the line standing', () => {
  const rows = packerHeld.replace(
    /labeller.*\n/,
    'labeller     EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEBBBBBBBBBHHHHHHHHHHHHHHHHHHHHHEEE\n',
  );
  const given = caseOf({
    plant: bottlingPlant(),
    records: [
      calmBusiness(),
      draw(
        'line-3',
        rows.replace(
          /packer {7}.*\n/,
          'packer       EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEHHHHHHHHHHHHHHHHHHSSSSSSSSSSSSSSSSSSEEE\n',
        ),
      ),
      alarm(300, 'line-3.packer', 'J1', 'Product jam at infeed', 470),
      recordOf('system', 440, 'label-server', { source: 'mes', component: 'label server', event: 'down' }),
      alarm(450, 'line-3.labeller', 'S9', 'Label server not answering', 655),
      recordOf('system', 640, 'label-server', { source: 'mes', component: 'label server', event: 'up' }),
    ],
  });
  expect(rootsIn(given)).toEqual(['infeed_jam@line-3.packer', 'system_no_answer@label-server']);
});

it('reads short forms on a panel beside the number of the alarm', () => {
  const [span] = alarmSpans(
    alarm(0, 'line-3.packer', '598.3', 'PEC INF BLK') as never,
    clocksOf([], []),
    Date.parse(at(0)),
  );
  expect(span?.text).toBe('photocell infeed blocked 598 3');
});

it('takes a lost node of the network inside a machine for no server', () => {
  const given = caseOf({
    plant: bottlingPlant(),
    records: [
      calmBusiness(),
      draw('line-3', packerHeld),
      alarm(300, 'line-3.packer', 'N14', 'EtherNet/IP node 14 (infeed VFD) connection lost'),
    ],
  });
  expect(diagnose(given).candidates[0]).toMatchObject({ cause: 'comms_loss', place: 'line-3.packer' });
});

it('takes what came back for no reason why one machine stands on', () => {
  const rows: Record<string, string> = {
    depalletizer: 'A'.repeat(20) + 'E'.repeat(18) + 'B'.repeat(32),
    rinser: 'A'.repeat(20) + 'E'.repeat(15) + 'B'.repeat(35),
    filler: 'A'.repeat(20) + 'E'.repeat(12) + 'B'.repeat(38),
    capper: 'A'.repeat(20) + 'E'.repeat(9) + 'B'.repeat(41),
    labeller: 'A'.repeat(20) + 'E'.repeat(6) + 'B'.repeat(44),
    packer: 'A'.repeat(70),
    palletizer: 'A'.repeat(20) + 'S'.repeat(50),
  };
  const names = Object.keys(rows);
  const plant = bottlingPlant({
    utilities: [{ id: 'mains', name: 'mains', kind: 'power', serves: ['line-3'] }],
  });
  const given = caseOf({
    plant,
    records: [
      calmBusiness(),
      draw('line-3', names.map((name) => `${name} ${'E'.repeat(30)}${rows[name] ?? ''}EEE`).join('\n')),
      ...names.map((name) => alarm(300, `line-3.${name}`, 'U1', 'Mains undervoltage', 500)),
      alarm(505, 'line-3.packer', 'N14', 'EtherNet/IP node 14 connection lost', 995),
    ],
  });
  expect(rootsIn(given)).toEqual(['power_dip@mains', 'comms_loss@line-3.packer']);
});
