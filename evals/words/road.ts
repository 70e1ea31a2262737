import { openFloor, now } from '../../agents/copilot/testing/floor.ts';
import { openProvider, openScripted } from '../../agents/copilot/testing/scripted.ts';
import { invented } from './honesty.ts';
import { liesApart } from './apart.ts';
import { scenePeople } from './judge.ts';
import { lies } from './lies.ts';
import { scenePlant, scenes } from './scenes.ts';

const withFigures = ['time', 'zone', 'duration', 'figure', 'unit', 'count', 'id', 'relative'];

/** Lies with figures as a provider's words over real HTTP: figures the reader saw that stand in no record, and lies that were sent. */
export async function inventedOnTheRoad(): Promise<{ n: number; invented: number; reached: number }> {
  const provider = await openProvider();
  const total = { n: 0, invented: 0, reached: 0 };
  try {
    for (const { name, diagnosis } of scenes) {
      const floor = await openFloor(scenePlant, diagnosis, diagnosis.stop.line);
      const scripted = await openScripted({
        plant: scenePlant,
        connect: floor.connect,
        now,
        people: scenePeople,
        provider,
      });
      const look = { name: 'explain_stop', arguments: JSON.stringify({ line: diagnosis.stop.line }) };
      const line = scenePlant.lines.find(({ id }) => id === diagnosis.stop.line)?.name ?? '';
      for (const lie of liesOf(name)) {
        scripted.says(lie, [look]);
        const answer = await scripted.ask(`why did ${line} stop?`);
        const spoken = `${answer.firstLine}\n${answer.text}`;
        total.n += 1;
        total.invented += invented(spoken, '', answer).length;
        if (spoken.includes(lie)) total.reached += 1;
      }
      await scripted.close();
      await floor.close();
    }
  } finally {
    await provider.stop();
  }
  return total;
}

const liesOf = (scene: string): string[] =>
  [lies, liesApart].flatMap((list) => withFigures.flatMap((kind) => list[scene]?.[kind] ?? []));
