import type { Plant } from '../../../plant/equipment.ts';
import { matches } from '../../../plant/names.ts';
import { capabilities } from './en-intents.ts';
import type { Unclear } from './understood.ts';

/** Questions that no record answers and that are told so: a machine that is nowhere, people compared, small talk. null: none of these. */
export function notHere(question: string, plant: Plant, lines: readonly string[]): Unclear | null {
  const text = question
    .toLowerCase()
    .replace(/[?!.,;:\s]+/g, ' ')
    .trim();
  const line = plant.lines.find(({ id }) => id === lines[0]) ?? null;
  const choices = capabilities(plant, line?.id ?? null);
  if (comparesPeople.test(text))
    return {
      kind: 'no_intent',
      sentence: 'Andon does not measure people; it tells what machines, materials and plans did.',
      choices,
    };
  if (commands.test(text))
    return {
      kind: 'no_intent',
      sentence:
        'Andon reads and tells; it starts, stops, changes and deletes nothing. That is for people to do.',
      choices,
    };
  if (subscriptions.test(text))
    return {
      kind: 'no_intent',
      sentence:
        'I cannot change here who is told what: the plant’s configuration says so. Stops are told by themselves where it says; an alert can be snoozed with its button.',
      choices,
    };
  const reply = smallTalk.find(([find]) => find.test(text))?.[1];
  if (reply !== undefined)
    return {
      kind: 'no_intent',
      sentence: `${reply}; I answer questions about why lines stop, how they run and what was decided.`,
      choices,
    };
  const missing = line && machineNowhere(text, line, plant);
  if (!line || !missing) return null;
  const names = line.machines.map(({ name }) => name.toLowerCase());
  return {
    kind: 'unknown_name',
    sentence: `There is no ${missing} on ${line.name}; it has ${andList(names)}.`,
    choices: [`Why did ${line.name} stop?`, `What is the status of ${line.name}?`],
  };
}

const person = String.raw`(?:operators?|persons?|people|workers?|colleagues?|crews?|teams?|technicians?|mechanics?|supervisors?|employees?|guys?|man|woman)`;
const rank = String.raw`(?:best|better|worst|worse|slow(?:est|er)?|fast(?:est|er)?|laz(?:y|iest)|weak(?:est)?|good|bad|productive|efficient|careful|careless|skilled|performs?|performance|ranking)`;
const comparesPeople = new RegExp(
  String.raw`^(?!.*\b(?:decided?|agreed|recorded|confirmed|call|ask|contact|told|said)\b)(?:who(?:se|'?s)?|(?:which|what) ${person})\b.*\b(?:(?:most|least) )?${rank}\b|\b(?:rank|compare|rate|score) (?:the |our |my |all )?${person}\b|\bhow (?:good|bad|fast|slow|productive|efficient) (?:is|are|was|were) (?:the |our |my )?${person}\b`,
);

/** What "run the ..." asks to be told. */
const reports = String.raw`(?:stops?|lists?|reasons?|reports?|numbers|figures|paretos?|hand ?overs?|summary|summaries|overviews?|recap|debrief|analysis|diagnosis|statistics|stats|downtimes?|kpis?|oee|comparison)`;
const orders = String.raw`(?:re-?start|reset|re-?boot|bypass|override|disable|unlock|shut (?:down|off)|switch (?:on|off)|turn (?:on|off)|delete|erase|purchase|buy|call|phone) (?!me\b|of\b)\S`;
const runs = String.raw`(?:start|stop|run|slow|speed up) (?:the|it|line \d|this|that)\b(?! (?:(?!(?:and|or|then|to)\b)\S+ ){0,2}?${reports}\b)`;
/** "Stop line 3 had", "restart of line 3 took how long": the verb is a noun there; what was agreed is told, not ordered. */
const noOrder = String.raw`(?!.*\b(?:how (?:long|many|much|often)|why|we(?: have|'ve)? (?:just )?(?:decided|agreed))\b|\S+ (?:\S+ ){1,5}?(?:had|took|lasted|happened|occurred)\b)`;
const commands = new RegExp(
  String.raw`^(?:(?:please|pls|andon|just|can you|could you|would you) )*${noOrder}(?:${orders}|${runs})`,
);

const hail = String.raw`(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|andon|there) )*`;
/** The whole message is small talk: "how are you" with more behind it asks something. */
const smallTalk: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      `^${hail}(?:and )?(?:how are (?:you|things)(?: doing| feeling)?|how do you do|how is it going|how's it going|how are you getting on|what's up|are you (?:ok|okay|well|fine))(?: today| now| there| andon| my friend)*$`,
    ),
    'I am well, thank you',
  ],
  [
    /^(?:(?:many |ok |okay |great |perfect )?(?:thanks|thank you|thx|cheers)(?: a lot| very much| so much| andon| mate| man| guys| all| team| you)*)$/,
    'You are welcome',
  ],
  [
    new RegExp(
      `^${hail}(?:are|r) (?:you|u) (?:a |an )?(?:robot|bot|human|person|machine|ai|program|real|computer)(?: person)?$`,
    ),
    'I am a program, no person',
  ],
];

/** To be told of something, or no more: the plant's file says who is told what. */
const subscriptions =
  /^(?:please |pls |andon |can you |could you )*(?:(?:only |just )?(?:tell|let|msg|message|ping|notify|alert|warn|remind|inform) (?:me|us)(?: know)? (?:when|if|as soon|once|only)\b(?!.*\b(?:stopped|started|went|was|were|did|had|ran|happened|came|began|broke)\b)|(?:stop|no more|don'?t|do not|quit) (?:pinging|messaging|alerting|notifying|telling|bothering|messages?|alerts?|ping|message)\b|mute\b)/;

const between = String.raw`((?:[\p{L}\d-]+ ){0,2}[\p{L}-]+)`;
const acts = String.raw`(?:stop|stopped|stand|standing|stood|run|running|trip|tripped|jam|jammed|fail|failed|down|break|broken|go down|hold|held|start|started|wait|waiting)`;
const machineWords =
  /(?:[dklmnptvz]er|izer|ator|ctor|oven|press|robot|conveyor|belt|pump|tank|scale|tunnel|kiln|furnace|machine|line scan|unit|station|x-ray|gate|lift|crane|saw|mill|lathe|cell)s?$/;
/** Words of the same ending, and what people ask about a line that is no machine. */
const noMachines =
  /^(?:(?:[\p{L}-]+ )*(?:orders?|numbers?|operators?|power|water|matters?|others?|errors?|counters?|indicators?|factors?|sectors?|alerts?|letters?|meters?|winner|order|leader|manager|trigger|member|shifts?|changeovers?|paper|weather|last|next|latest|late|status|state|speed|torque|temperature|pressure|stops?|stoppages?|alarms?|cause|reason|problem|issue|line|buffer|supply|dispatch|material|crew|output|count|level|time|trouble|matter))$/u;

/** What is asked for as a machine of the line and carries no name of the plant. */
function machineNowhere(text: string, line: Plant['lines'][number], plant: Plant): string | null {
  const number = /\d+$/.exec(line.name)?.[0];
  const called = [line.name, ...line.aliases, ...(number ? [`line ${number}`, `l${number}`] : [])]
    .map((name) => name.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('|');
  const acting = new RegExp(
    String.raw`\b(?:did|does|has|is|was) (?:the|our|that) ${between} (?:on|of|at|in) (?:the )?(?:${called}) (?:not )?${acts}\b`,
    'u',
  ).exec(text)?.[1];
  const named =
    acting ??
    new RegExp(
      String.raw`\b(?:the|our|that) ${between} (?:on|of|at|in) (?:the )?(?:${called})(?! ?\d)`,
      'u',
    ).exec(text)?.[1] ??
    new RegExp(
      String.raw`\b(?:${called})(?:'s)? ${between} (?:stop|stopped|standing|running|down)\b`,
      'u',
    ).exec(text)?.[1];
  // "The status of the shrink oven": the machine is what stands last.
  const words = named?.replace(/^.*\b(?:the|of|our) /, '');
  if (
    !words ||
    noMachines.test(words) ||
    /^(?:worst|best|slowest|weakest|first|last|next|other|same|whole|problem|main) /.test(words)
  )
    return null;
  if (acting === undefined && !machineWords.test(words)) return null;
  const parts = words.split(' ');
  // "The depal" is short for a machine it has.
  const shortFor = line.machines.some(
    ({ name }) => words.length >= 4 && name.toLowerCase().startsWith(words),
  );
  if (shortFor) return null;
  return parts.some((_, index) => matches(plant, parts.slice(index).join(' ')).length > 0) ? null : words;
}

const andList = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
