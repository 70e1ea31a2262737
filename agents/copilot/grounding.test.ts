import { describe, expect, test } from 'vitest';
import { person } from '../../plant/person.ts';
import { examplePlant as plant } from '../models/offline/plant.example.ts';
import { checkGrounding, whyNot } from './grounding.ts';
import { knownOf } from './known.ts';
import { unitsOf } from './units.ts';
import { plainText } from './plain-text.ts';
import { explained, jam, now } from './testing/floor.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';

const people = [person.parse({ id: 'mark-will', name: 'Mark Will', role: 'maintenance' })];
const resultsOf = (change: Partial<Diagnosis> = {}) => [
  {
    tool: 'explain_stop',
    structured: explained(jam(change), plant) as Record<string, unknown>,
    refused: null,
  },
];
const reason = (sentence: string, change: Partial<Diagnosis> = {}) =>
  whyNot(sentence, knownOf(resultsOf(change), plant), unitsOf(resultsOf(change), plant), {
    plant,
    people,
    now,
  });

describe('a sentence that stands on the results is sent', () => {
  test.each([
    'Line 3 stopped at 14:02 because of a jam at the capper.',
    'Line 3 stopped at 2:02 pm because product jammed at the capper.',
    'It stood for 12 minutes.',
    'It stood for 12 min 22 s.',
    'It stood for 742 seconds.',
    'It was down about twelve minutes.',
    'The bottling line has run again since 14:14.',
    'The torque of the capper was 8.46 Nm.',
    'The torque rose to 8.5 Nm, usually it is 3.2 Nm.',
    'Order 1000123 was running.',
    'The alarm "Jam at infeed" came at 14:02:05.',
    'It was on 20 November, a Friday.',
    'Low compressed air was ruled out: the pressure stayed at 6.1 bar.',
    'The pressure stayed at 6100 mbar.',
    'Compressed air was not the cause; the pressure stayed at 6.1 bar.',
    'Data from Plex is missing between 13:20 and 13:40.',
    'Check next: look at the star wheel of the capper.',
    'You should look at the star wheel of the capper.',
    'A drive trip of the capper could possibly be the reason.',
    '1. Product jammed at the infeed of the capper.',
    'The records come from OPC UA, SAP S/4HANA and the operator notes.',
    'Good news first: Line 3 has been running again since 14:14.',
    'The torque climbed to 8.46 Nm, well above its usual 3.2 Nm.',
    'Low compressed air is off the table: the pressure held steady at 6.1 bar.',
    'Plex delivered nothing between 13:20 and 13:40.',
    'It all began at the capper.',
  ])('%s', (sentence) => expect(reason(sentence)).toBeNull());
});

describe('a sentence that does not is not', () => {
  test.each([
    ['Line 3 stopped at 14:03.', '14:03'],
    ['Nobody was at the machine.', 'people'],
    ['Your operator reported it.', 'people'],
    ['Line 3 stopped 12 minutes ago.', '12 minutes'],
    ['Line 3 has run again for 12 minutes.', '12 minutes'],
    ['Plex sent no data, so Line 3 stopped.', 'gap'],
    ['Line 3 stopped because Plex sent no data.', 'another cause'],
    ['A jam at the capper is off the table.', 'ruled out'],
    ['The torque sank to 3.2 Nm.', ''],
    ['Low compressed air: the pressure did not stay at 6.1 bar.', ''],
    ['No jam: product jammed at the infeed of the capper and did not jam.', ''],
    ['Line 3 stopped at 2:02 am.', '2:02'],
    ['It stood for 13 minutes.', '13 minutes'],
    ['It stood for an hour.', 'an hour'],
    ['It stood for half an hour.', 'half an hour'],
    ['The torque was 8.4 Nm.', '8.4'],
    ['The torque was 8.46 bar.', '8.46 bar'],
    ['The torque rose to twice the limit.', 'twice'],
    ['Efficiency fell by 12 %.', '12 %'],
    ['It is 91 % certain.', ''],
    ['There were seven alarms.', 'seven'],
    ['There were two alarms.', 'two'],
    ['There were dozens of alarms.', 'dozens'],
    ['Order 1000124 was running.', '1000124'],
    ['Lot LOT-4711 was used.', 'lot-4711'],
    ['It was on 19 November.', '19 November'],
    ['It was on a Thursday.', 'Thursday'],
    ['It happened yesterday.', 'yesterday'],
    ['Line 2 was standing too.', 'line-2'],
    ['Line 7 stopped.', 'line 7'],
    ['The palletizer was blocked.', 'palletizer'],
    ['The label server did not answer.', ''],
    ['It stopped because the drive of the capper tripped.', 'another cause'],
    ['It stopped because of low compressed air.', ''],
    ['The cause was a jam at the labeller.', 'another place'],
    ['A jam at the capper possibly caused it.', 'certainty'],
    ['Most likely a jam at the capper caused it.', 'certainty'],
    ['It did not stop because of a jam at the capper.', 'denies'],
    ['The cause was a worn belt of the capper.', 'result'],
    ['The cause was a cyberattack.', 'result'],
    ['Line 3 is still standing.', 'runs again'],
    ['The operator forgot to clear the capper.', 'blames'],
    ['It was an operator error.', 'blames'],
    ['Mark was at the capper.', 'person'],
    ['You should bypass the guard switch and restart the line.', ''],
    ['Please call the maintenance hotline.', 'advice'],
  ])('%s', (sentence, why) => {
    expect(reason(sentence)).not.toBeNull();
    expect(reason(sentence)?.toLowerCase()).toContain(why.toLowerCase());
  });
});

describe('the word for certainty follows the band', () => {
  const sentence = (word: string) => `Line 3 stopped ${word}because product jammed at the capper.`;
  const band = (p: number) => ({ p });
  test.each([
    [0.91, '', true],
    [0.91, 'most likely ', false],
    [0.91, 'possibly ', false],
    [0.7, '', false],
    [0.7, 'most likely ', true],
    [0.7, 'probably ', true],
    [0.7, 'certainly ', false],
    [0.7, 'possibly ', false],
  ])('p %f, "%s": %s', (p, word, sent) => {
    expect(reason(sentence(word), band(p)) === null).toBe(sent);
  });
  test('without enough evidence no cause is named as such', () => {
    const abstained = { abstained: true, cause: 'unknown', p: 0.3, class: null };
    expect(reason(sentence(''), abstained)).not.toBeNull();
    expect(reason('Not enough evidence to name the cause.', abstained)).toBeNull();
  });
  test('what was planned is said plainly, however it is known', () => {
    const planned = { planned: true, cause: 'changeover', class: 'planning', p: 0.6 } as const;
    expect(reason('Line 3 stopped because of a changeover.', planned)).toBeNull();
    expect(reason('Line 3 possibly stopped because of a changeover.', planned)).not.toBeNull();
  });
  test('a line that stands does not run again', () => {
    const open = { stop: { ...jam().stop, to: null } };
    expect(reason('Line 3 runs again.', open)).toBe('the line stands');
    expect(reason('Line 3 has been standing for 12 minutes.', open)).toBeNull();
  });
});

describe('the whole text', () => {
  const first = 'Line 3 stopped at 14:02 because product jammed at the infeed of the capper.';
  const check = (text: string) => checkGrounding({ text, results: resultsOf(), plant, people, now });
  test('what the product says itself passes whole', () => {
    const { first_line: line, text } = explained(jam(), plant);
    expect(text).toContain('<b>now</b>');
    expect(check(`${line}\n\n${text}`)).toMatchObject({ sent: true, dropped: [], text });
  });
  test('one bad sentence of five goes, the others stay', () => {
    const checked = check(
      `${first}\n\nIt stood 12 minutes. It ran at 95 %. The torque was 8.46 Nm. Order 1000123 was running.`,
    );
    expect(checked.sent).toBe(true);
    expect(checked.text).toBe('It stood 12 minutes. The torque was 8.46 Nm. Order 1000123 was running.');
    expect(checked.dropped).toHaveLength(1);
  });
  test('too many bad sentences, or a bad first line: not sent', () => {
    expect(check(`${first}\n\nIt ran at 95 %. It cost 12,000 bottles.`).sent).toBe(false);
    expect(check(`It ran at 95 %.\n\n${first}`).sent).toBe(false);
    expect(check('').sent).toBe(false);
  });
  test.each([
    'See https://evil.example/x.',
    '@channel come here.',
    '<@U123> did it.',
    '[here](https://x.example)',
    'mail a@b.example',
  ])('a link or a mention is not sent: %s', (sentence) =>
    expect(check(`${first}\n\nIt stood 12 minutes. ${sentence}`).sent).toBe(false),
  );
  test('markup goes, words stay', () => {
    expect(plainText('## **Line 3** stopped\n\n* `torque` <b>high</b>\n> *quoted*\n\u202Eevil')).toEqual({
      firstLine: 'Line 3 stopped',
      text: '- torque high\nquoted\nevil',
    });
    expect(plainText('2 * 3 and infeed_level < 5').firstLine).toBe('2 * 3 and infeed_level < 5');
  });
});
