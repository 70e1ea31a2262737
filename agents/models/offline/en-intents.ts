import type { Plant } from '../../../plant/equipment.ts';
import { editDistance } from '../../../plant/names.ts';
import type { NamedEquipment } from './en-names.ts';
import { wordsIn } from './en-signals.ts';
import { rankingIn } from './en-stops.ts';
import type { NamedTimes } from './en-times.ts';
import type { Intent } from './understood.ts';

/** `equipment`: a line or a machine is named; `window`: a span of time; `compared`: two of them; `ranked`: stops by their length. */
type Cues = {
  signals: readonly string[];
  equipment: boolean;
  window: boolean;
  compared: boolean;
  ranked: boolean;
};
type Rule = { intent: Intent; when: RegExp; unless?: RegExp; only?(cues: Cues): boolean };

const stopNoun = String.raw`(?:stops?|stoppages?|stand ?stills?|downtimes?|losses|loss|interruptions?|breakdowns?|micro-?stops?|minor stops?|outages?|failures)`;
const system = String.raw`(?:sap|opc|opc ?ua|ua|plex|erp|mes|sources?|data|connections?|connectors?|feeds?|interfaces?|systems?|csv|notes file)`;

const machineWord = String.raw`(?:machines?|stations?|units?|stages?|steps?|process(?:es)?)`;
const rateWord = String.raw`(?:speed|rate|pace|throughput|output|capacity|performance)`;

/** Read from top to bottom; the first that fits is what a clause wants. */
const rules: readonly Rule[] = [
  {
    intent: 'record',
    when: /^(?:please |can you |could you )?(?:record|log|note|save|remember|write down|document|keep)\b(?! (?:me|any|which|what))|^decision ?[:-]|^(?:for the record|we(?: have|'ve)? (?:just )?(?:decided|agreed))\b|^(?!(?:did|do|have|is|was|were|are|what|which|when|why|how|who)\b).*, (?:as |so )?we(?: have|'ve)? (?:just )?(?:decided|agreed)$/,
  },
  {
    // Which machine the others wait for, not why one of them stopped.
    intent: 'bottleneck',
    when: new RegExp(
      String.raw`\bbottle ?-?necks?\b|\b(?:hold|holds|holding|held|keep|keeps|keeping|kept) (?:(?!\w+ing\b)\w+ ){0,5}back\b|\b(?:what|which ${machineWord}) (?:is |was )?(?:slow(?:s|ed|ing)|drag(?:s|ged|ging)|limit(?:ed|ing)|limits (?!appl|are\b|do\b|for\b)|paces?|pacing|throttl\w+|constrain\w+)\b|\b(?:which|what) ${machineWord} (?:is|was) (?:the )?(?:constraint|weakest|slowest|limiting)\b|\b(?:weakest|slowest|limiting|pacing) (?:${machineWord}|link)\b|\b(?:the|our) (?:constraint|pacemaker) (?:of|on|at|for|in)\b|\b(?:where|which ${machineWord})\b.* (?:lose|loses|losing|lost) (?:\w+ ){0,3}${rateWord}\b|\b(?:keeps?|stops?|prevents?|hinders?) (?:\w+ ){1,4}(?:from )?(?:running|going|being|producing) (?:any )?(?:faster|quicker|at full speed)\b|\b(?:which|what) ${machineWord} (?:should|must|do) we (?:speed up|improve|fix|tackle) first\b`,
    ),
    unless:
      /\b(?:record|decid\w*|decisions?|orders?|shipments?|lots?|batch(?:es)?|why|(?:which|what) stops?)\b/,
  },
  {
    intent: 'stops',
    when: /./,
    unless: /\b(?:orders?|jobs?|alerts?|alarms?|temperature|torque|pressure|speed)\b/,
    only: ({ compared, ranked }) => compared || ranked,
  },
  {
    intent: 'decisions',
    when: /\b(?:decid\w*|decisions?|agreed?|standing rules?|waivers?)\b|\bhelped?\b(?! me)|\b(?:did|do|have|has|was) (?:we|they|you|it|somebody|someone)?\b.*\b(?:last time|before(?! (?:the|lunch|noon|breakfast|midnight|dinner|\d))|previously|the other times?|back then)\b|\bhow (?:did|do|was|were|can|could|should|would) (?:we|they|you|it|this|that|somebody|someone)?\b.*\b(?:fix|fixed|solve|solved|handle|handled|cleared?|get (?:it|the line) (?:going|running|back))\b|\bwhat (?:should|can|could|shall|do) (?:we|i) (?:do|try)\b|\bwhat (?:did|has|have) (?:we|they|the last shift) (?:do|did|done|try|tried)\b|\bworked (?:last|before|then)\b|\bany (?:advice|suggestions?|recommendations?)\b|\bwhat to do\b|\bseen (?:this|it) before\b|\bhappened before\b/,
  },
  {
    intent: 'sources',
    when: new RegExp(
      String.raw`\b(?:which|what|are|is|any|all|how|show|list|check)\b.*\b(?:sources?|connectors?|connections?|data (?:sources?|feeds?|gaps?|fresh|missing|complete|coming|current|old|up to date|stale)|interfaces)\b|\bsource health\b|\b(?:is|are|was|has) (?:the |our )?${system}\b.*\b(?:up|down|reachable|working|alive|connected|answering|ok|okay|fresh|stale|missing|late|current|offline|online|lost|dead)\b|\bdata (?:gaps?|missing|fresh)\b|\bmissing data\b|\bgaps?\b|\bwhere (?:do|does|did|is|are) .*\b(?:data|numbers|figures|information)\b|\b(?:numbers?|values|figures|data|readings?|screens?)\b.*\b(?:frozen|stuck|stale|outdated|not (?:updating|changing))\b|\b(?:hear|heard|news|data) (?:anything )?from (?:the )?${system}\b|\b(?:sap|opc ?ua|plex|erp|mes) (?:down|up|offline|status)\b|\bhow (?:fresh|old|current|complete) is\b`,
    ),
  },
  {
    intent: 'equipment',
    when: /\bfits? (?:between|in|on)\b|\b(?:rated|nominal|design) (?:speed|rate|output|capacity)\b/,
  },
  {
    intent: 'order',
    when: /\borders?\b|\bjobs?\b|\b(?:producing|making|filling now|packing now|scheduled|schedule|behind|on time|on schedule|in time|due date)\b|\bwhen (?:is|are|will) .*\b(?:due|ready|finished|done|complete)\b|\bwhat (?:product|material|sku|article|batch)\b|\b(?:is|are|will) (?:it|we|they) (?:be )?late\b|\blate\b(?! shift)|\bnext up\b|\bwhat(?:'?s| is| comes) (?:running )?next\b|\bwhat(?:'s| is)? (?:being )?(?:made|produced|running on|run on)\b|\bwhat (?:are|do) (?:we|they|you) (?:run|running)\b|\bhow (?:many|much) (?:is |are )?(?:left|done|to go|units|pieces|bottles|cans|cases)\b|\bhow (?:many|much) (?!(?:\w+ ){0,3}(?:stops?|stoppages?|breakdowns?|faults?|jams?|alarms?|alerts?|times?|rejects?|scrap)\b).*\b(?:make|made|makes|produced?|produces|output)\b|\bwhat (?:did|has|have) (?!.*\b(?:stop|decide))\S.*\b(?:produced?|made|make)\b|^(?:the |show |tell me |what (?:is|was|'s) |give me |our )*(?:the )?(?:output|production) (?:of|on|from|so far|count|today|this shift|figures?|numbers?)\b(?!.*\b(?:stop\w*|down|start\w*|stand\w*|stood)\b)/,
    unless:
      /\bwhy\b(?!.*\b(?:orders?|jobs?|late|behind)\b)|\bwhy\b.*\b(?:stop|stopp?ed|stand|down)\b|\bout of order\b|\balert/,
  },
  {
    // "How long was it down today" asks for all of it, not for one stop.
    intent: 'stops',
    when: /\bhow (?:long|much time)\b|\bhow many (?:minutes|hours|mins)\b/,
    unless:
      /\b(?:the|that|this|last|latest|longest|its?) (?:\w+ )?(?:stop|stoppage|stand ?still)\b|\b(?:it|that)\b|\bhow long (?:until|till|before|will|to)\b/,
    only: ({ window }) => window,
  },
  {
    intent: 'how_long',
    when: /\bhow (?:long|much time)\b|\bfor how long\b|\bhow many (?:minutes|hours|mins|seconds)\b|\bwhat (?:was|is) the duration\b|\bduration\b/,
    unless: /\bhow long (?:until|till|before|will|to)\b/,
  },
  {
    intent: 'since_when',
    when: /\bsince when\b|\b(?:when|what time|at what time)\b.*\b(?:start\w*|stop\w*|beg[au]n|begin|happen\w*|end\w*|over|resume\w*|restart\w*|(?:go|went|gone|come|came|running|back|run)(?: up| down| back| again)?|fail\w*|fault\w*|recover\w*|break|broke)\b|\bwhen was (?:it|that|this)\b/,
    unless: /\b(?:shift start|order)\b/,
  },
  {
    intent: 'signals',
    when: /\b(?:signals?|process values?|readings?|trend|values?|measure\w*|sensors? (?:show|say|read))\b/,
    unless: /\bwhy\b/,
  },
  {
    intent: 'signals',
    when: /./,
    unless: /\bwhy\b|\b(?:stop|stopped|stops|reason|cause)\b/,
    only: ({ signals }) => signals.length > 0,
  },
  {
    // "What stood last night": of no line in particular.
    intent: 'stops',
    when: /^(?:what|which(?: lines?| machines?)?|anything)(?: all| else)? (?:stood|stopped|was (?:standing|down)|were (?:standing|down)|went down)\b/,
    only: ({ window, equipment }) => window && !equipment,
  },
  {
    intent: 'why',
    when: /\bwhy\b|\b(?:reasons?|root cause|causes?|caused|causing|culprit)\b|\bhow come\b|\bwhat(?:'s|s| is| was| went| goes)? (?:exactly )?(?:wrong|the matter|broken|broke|up with|the (?:problem|issue|trouble|fault|story) (?:with|on|at|in))\b|\b(?:what|which \w+) (?:stopped|made|brought|happened to|led|is holdin[g']?|'s holding|holds|is blocking|is stopping|kept|keeps)\b|\bwho(?:se|'?s)? (?:stopped|fault|broke|is to blame|to blame|was it|caused)\b|\b(?:was|is) it (?:really |again )?(?:the|a|an|its|our|because)\b|\b(?:says?|claims?|reckons?|blames?)\b.*\b(?:stopp?(?:ed|s)?|ran out|down|jam\w*|err\w*|fault|broke\w*|empty|trip\w*)\b|\btrue$|\b(?:not|isn'?t|aren'?t) (?:coming|moving|feeding)\b|\bnothing (?:comes|is coming|coming)\b|^(?:the )?(?:last|latest) stop\b|\bexplain\b|\bkeeps? (?:on )?(?:stopping|tripping|jamming|failing|going down|falling over)\b|\b(?:won'?t|wont|doesn'?t|does not|didn'?t|hasn'?t|has not|can'?t|cannot) (?:start|run|restart|come up|go)\b(?! (?:by|until|before|for))|\bwhat killed\b|\bhow do you know\b|\bwhat makes you (?:say|think)\b|\bare you (?:really )?sure\b|\bdiagnos\w*\b|\btell me about the (?:last |latest )?stop\b|\bwhat about the (?:last |latest )?stop\b/,
  },
  {
    intent: 'alerts',
    when: /\b(?:alerts?|alarms?|exceptions?|unacknowledged|acknowledg\w*|snoozed|escalat\w*|warnings?)\b|\b(?:what|anything|something|is there anything|what's|whats|still)\b.*\b(?:open|pending|outstanding|wrong anywhere|needs? (?:my |our |your )?attention|urgent|should i know|to worry about|on fire)\b|\b(?:any|which|what|current|list|show|open) (?:open |current |active )?(?:problems?|issues?|troubles?)\b|\bopen (?:points?|items?|topics?)\b/,
  },
  {
    intent: 'stops',
    when: new RegExp(
      String.raw`\b(?:which|what|list|show|any|all|many|much|often|biggest|longest|worst|top|most|every|total|count|number of|recent|latest|last|the) .*\b${stopNoun}\b|\bhow often\b|\bhow many times\b|\bpareto\b|\bdown ?time\b|\bstops\b|\blosses\b|\blost (?:time|most|the most|production)\b|\bstop list\b|\b(?:did|has|have|had) .*\bstop(?:ped)?\b|\b${stopNoun} (?:of|on|at|for|in)\b|\bworst line\b|\bline (?:is|was|did|does|runs?) (?:the )?worst\b|\bwhere (?:did|do) we lose\b|\bwhat (?:cost|costs) us\b`,
    ),
  },
  {
    intent: 'why',
    when: /\bwhat(?:'s|s)? ?(?:has |had |have )?happen(?:ed|s|ing)?\b/,
    only: ({ window }) => !window,
  },
  {
    intent: 'summary',
    when: /\b(?:summar\w*|hand ?over|overview|recap|debrief|report)\b|\bwhat(?:'s|s)? ?(?:has |had |have )?happen(?:ed|s|ing)?\b|\bbring me up to (?:speed|date)\b|\bwhat did i miss\b|\bhow (?:was|did|went|has) (?:the|my|our|last|this|it|today|yesterday|things?)\b.*(?:shift|night|day|morning|going|go|been|week)?\b|\bhow(?:'s|s| is) the (?:day|shift|plant|factory|morning)\b/,
  },
  {
    intent: 'equipment',
    when: /\b(?:which|what|list|show|how many|name) (?:all |are |the |other |me )*(?:machines?|lines|equipment|stations?|utilities)\b|\bwhere is\b|\blayout\b|\bhow is .* built\b|\bwhat (?:does|is) .* (?:consist|made) of\b/,
    unless: /\b(?:down|up|running|runs?|stopped|standing|blocked|starved|idle|stuck|producing)\b/,
  },
  {
    intent: 'status',
    when: /\b(?:status|state|condition|situation|running|runs?|up|down|dead|stopped|stop|standing|stands|stuck|blocked|starved|idle|doing|going|working|works|alive|producing|still|again|ok|okay|fine)\b|\bhow(?:'s|s| is| are| does)\b.*\b(?:look\w*|line|it|things?|everything|we)\b|^how(?:'s|s| is| are)\b|\bwhat(?:'s|s| is) (?:going on|up|the latest|new|happening)\b/,
  },
  {
    intent: 'capabilities',
    when: /^(?:help|hi|hello|hey|hallo|hola|good (?:morning|evening|afternoon|day)|thanks?|thank you|cheers|test|yo|moin)\b(?! me (?:fix|understand))|\bwhat (?:can|do|could) (?:you|i) (?:do|answer|ask|know|tell|help)\b|\bwho are you\b|\bhow (?:do|can) (?:you work|i use)\b|\bwhat are you\b|\bwhat (?:questions|commands)\b/,
  },
];

/** Words the rules look for, to which a misspelt word may be repaired. */
const vocabulary =
  'why what when which status stopped stop stops stopping standing running order orders alert alerts alarm alarms happened decide decided decision decisions reason cause caused sources connected summary handover often longest biggest downtime losses machines signals record open help helped since long bottleneck bottlenecks'.split(
    ' ',
  );
/** Right words that are one letter from one of those. */
const rightWords = new Set(
  'shop step steps stock strop state stood older border short shops stoop topped stepped alter alarmed lost last who whose whey where then than with what that want whats wind line lines opened order long lone song hope held help hell hello sauce pause caused because season resource course sources since once wince mine signs while white whit hat chat wen went when hen how show slow now new know down town done gone time times tine fine'.split(
    ' ',
  ),
);

/** "wyh did it stpo": each word that is none of ours and one slip from one of ours. */
function repaired(text: string): string {
  return text.replace(/[a-z]{3,}/g, (word) => {
    if (vocabulary.includes(word) || rightWords.has(word)) return word;
    const close = vocabulary.filter((known) => {
      const far = editDistance(word, known);
      return (
        far === 1 &&
        (known.length >= 5 ||
          (known.length >= 3 && swapped(word, known)) ||
          (known.length === 4 && word.length >= 4 && far === 1 && word[0] === known[0]))
      );
    });
    return close.length > 0 ? (close[0] ?? word) : word;
  });
}

const swapped = (a: string, b: string): boolean =>
  a.length === b.length && [...a].toSorted().join('') === [...b].toSorted().join('');

/** All that a question wants, in its order: "why did it stop and what helped last time?" wants two. */
export function intentsOf(text: string, withoutNames: string, cues: Cues): Intent[] {
  const whole = repaired(text).replace(greeting, '');
  const first = intentOf(whole, cues);
  if (first === 'record') return ['record'];
  if (first === null) return intentList(intentOf(repaired(withoutNames), cues));
  const clauses = whole.split(clauseEnd).filter((clause) => clause.trim() !== '');
  const found = clauses.map((clause) =>
    intentOf(clause.trim(), {
      ...cues,
      ...(clauses.length > 1
        ? { signals: signalsIn(clause, cues), ranked: rankingIn(clause) !== null, compared: false }
        : {}),
    }),
  );
  const wanted = [...new Set(found.filter((intent) => intent !== null))];
  return clauses.length > 1 && wanted.length > 1 ? wanted.slice(0, 3) : [first];
}

const greeting =
  /^(?:hi|hello|hey|good (?:morning|evening|afternoon))(?: (?:andon|there|all|team))?[,! ]+(?=\w)/;
/** A comma ends a question only after a question: in "line 3 stopped, why?" it does not. */
const clauseEnd =
  /\?|;|(?<=^(?:what|why|which|how|when|is|are|did|show)\b.*), (?=what|why|which|how|when|is|are|did|show)| and (?=what|why|which|how|when|is|are|did|do|was|show|list|since|tell|who)/;
const signalsIn = (clause: string, { signals }: Cues): string[] =>
  signals.filter((name) => wordsIn(clause, name.replaceAll('_', ' ')));

const intentList = (intent: Intent | null): Intent[] => (intent ? [intent] : []);

function intentOf(clause: string, cues: Cues): Intent | null {
  for (const { intent, when, unless, only } of rules) {
    if (!when.test(clause) || unless?.test(clause) || (only && !only(cues))) continue;
    return intent;
  }
  return null;
}

const followStart =
  /^(?:and|so|ok|okay|but|also|then|what about|how about|same (?:for|question)|now for|for)\b/;
const pronoun =
  /\b(?:it|its|it's|that|this|there|then|they|them|the (?:stop|same|line|machine|cause|problem|alert|order))\b/;

/** Does it speak of what was said before, by a pronoun or by "the stop"? */
export const refersBack = (text: string): boolean => pronoun.test(text);

/** Does it only change or ask on about what was said before? */
export function isFollowUp(
  text: string,
  said: readonly Intent[],
  names: NamedEquipment,
  times: NamedTimes,
): boolean {
  const words = names.rest.split(' ').filter(Boolean).length;
  if (followStart.test(text)) return said.length === 0 || names.lines.length === 0;
  if (said.length === 0) {
    const left = names.rest
      .replace(/\b(?:and|what|about|how|same|for|please|line|also|but|so|ok|okay|then|or)\b/g, '')
      .trim();
    return (
      left === '' &&
      (names.lines.length > 0 ||
        names.things.length > 0 ||
        times.from !== null ||
        times.at !== null ||
        times.now)
    );
  }
  // "why?", "how long?", "since when?", "when did it start?": nothing named and little said.
  return (
    names.lines.length === 0 &&
    names.things.length === 0 &&
    words <= 2 &&
    !['alerts', 'sources', 'capabilities', 'summary'].includes(said[0] ?? '')
  );
}

/** Three things that can be asked here. */
export function capabilities(plant: Plant, line: string | null): string[] {
  const name = (plant.lines.find(({ id }) => id === line) ?? plant.lines[0])?.name ?? 'the line';
  return [`Why did ${name} stop?`, `Which stops did ${name} have today?`, `What is open right now?`];
}
