import { expect, test } from 'vitest';
import { openLive } from '../live-world.ts';
import { drawWidePlant } from '../plants/draw-wide.ts';
import { random } from '../random.ts';
import { isLane } from './flow.ts';

const start = Date.parse('2026-11-20T06:00:00Z');

test('lanes that part and meet: every unit is in a buffer or was taken, and one lane down only slows the line', () => {
  const rng = random('lanes');
  let seen = 0;
  while (seen < 3) {
    const live = openLive(drawWidePlant(rng), `lanes/${seen}`, start, true);
    const line = live.floor.lines[0]!;
    const lanes = line.machines.filter(isLane);
    if (lanes.length === 0) continue;
    seen += 1;
    const [parts, meets] = [lanes[0]!.inputs[0]!.from, lanes[0]!.outputs[0]!.to];
    for (let i = 0; i < 30; i += 1) live.minute();
    const snap = () => ({
      parted: parts.good,
      taken: meets.good + meets.rejected,
      through: lanes.reduce((sum, one) => sum + one.good + one.rejected, 0),
      out: lanes.reduce((sum, one) => sum + one.good, 0),
      before: parts.outputs.reduce((sum, edge) => sum + edge.level, 0),
      after: meets.inputs.reduce((sum, edge) => sum + edge.level, 0),
      made: line.reference.good,
    });
    const was = snap();
    for (let i = 0; i < 20; i += 1) live.minute();
    const half = snap();
    live.scheduler.add({
      kind: 'fault',
      line: line.id,
      at: live.floor.now,
      cause: 'infeed_jam',
      durationS: 1500,
      place: lanes[0]!.id,
    });
    for (let i = 0; i < 20; i += 1) live.minute();
    const now = snap();
    expect(
      Math.abs(now.parted - was.parted - (now.through - was.through) - (now.before - was.before)),
    ).toBeLessThan(0.01);
    expect(Math.abs(now.out - was.out - (now.taken - was.taken) - (now.after - was.after))).toBeLessThan(
      0.01,
    );
    expect(meets.merge).toBe('any');
    // 0.58 to 0.66 of the line's rate is left, and what lay in the buffers.
    const share = (now.made - half.made) / (half.made - was.made);
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.95);
  }
});
