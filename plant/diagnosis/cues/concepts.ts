import { cue, mentions, folded } from '../records/words.ts';
import type { Activity, Concept, Language, Needed, Thing } from './words/language.ts';
import { inAll } from './words/languages.ts';

/**
 * What alarms, notes, reasons and states can say, each as one pattern of all languages. The words stand in
 * `words/`, a file for each language: why an alarm counted as a jam, tells `says.jam` in the file of its language.
 */
const said = (concept: Concept): RegExp => cue(inAll(({ says }) => says[concept]));

const without = inAll(({ denial }) => [denial.without, denial.noMore ?? '']);
const trouble = inAll(({ denial }) => denial.trouble);
/** The same, and that it is lacking. */
const saidOrLacking = (concept: Needed): RegExp =>
  cue(
    inAll(({ says }) => says[concept]),
    `(${without})( l| la| le)? ?(?!(\\w+ ){0,2}\\w*(${trouble}))(${inAll(({ lacks }) => lacks[concept])})`,
  );

/** Product stands in the way of product. */
export const jam = said('jam');
export const drive = said('drive');
export const sensor = said('sensor');
/** A light barrier that sees product all the time: something stands before it, or it is dirty. */
export const lights = said('lights');
export const comms = saidOrLacking('comms');
/** A network inside the machine: what is lost on it is no server. */
export const fieldbus = said('fieldbus');
export const safety = said('safety');
/** A safety circuit, not what opened it: "E-stop zone 1", "Not-Halt Bereich 2". */
export const zone = said('zone');
export const cold = said('cold');
export const hot = said('hot');
/** Plain words for warm, as people write them. */
export const heat = said('heat');
/** What cools a machine: filters and fans. */
export const airing = said('airing');
export const leak = said('leak');
/** What an inspection calls the fill. */
export const fill = said('fill');
/** Many bad pieces: a valve, a check, a setting or the material; alone it tells none of them. */
export const rejects = said('rejects');

/** Something ran out at the machine. */
export const empty = said('empty');
/** Nothing of it is in the warehouse. */
export const shortage = said('shortage');
/** Any word of missing or waiting. */
export const wanting = said('wanting');
export const badLot = said('badLot');
/** A reader that found nothing to read: a wrong code, or none; also a dirty reader. */
export const noRead = said('noRead');
export const mismatch = said('mismatch');

/** Quality holds something, or has to release it. */
export const hold = said('hold');
/** The status of a lot that may not be used. */
export const held = said('held');
/** A scale or a camera that measures wrongly. */
export const drift = said('drift');
/** A control point: metal, leaks, foreign bodies. */
export const control = said('control');
export const setting = said('setting');
/** Machines whose work is to look at the product: by the class or name that the plant gave them. */
export const checking = said('checking');

export const nobody = said('nobody');
export const mechanic = said('mechanic');
export const startUp = said('startUp');
/** What befalls a plant and is in no catalogue. */
export const mishap = said('mishap');

export const air = saidOrLacking('air');
export const power = saidOrLacking('power');
export const cooling = saidOrLacking('cooling');
/** A system that does not answer. */
export const server = saidOrLacking('server');
/** The same where no network inside a machine is named. */
export const isFarServer = (text: string): boolean => mentions(text, server) && !mentions(text, fieldbus);
/** A gateway or the network. */
export const network = said('network');

/** There is no room behind the line. */
export const dispatch = said('dispatch');
/** The process before the line does not deliver. */
export const upstream = said('upstream');
/** A lot or batch that may be used. */
export const ready = said('ready');
/** Words that take it back: "release pending", "not released", "wartet auf Freigabe". */
export const notReady = said('notReady');

export const changeover = said('changeover');
export const cleaning = said('cleaning');
export const noOrder = said('noOrder');

/** A machine waits for its neighbour and has no fault of its own. */
export const starved = said('starved');
export const blocked = said('blocked');

const word = (pick: (states: Language['states']) => string): string => inAll(({ states }) => pick(states));
/** A state the plant's map does not name, by its own word. */
export const running = new RegExp(`\\b(${word(({ running: runs }) => runs)})\\b`);
/** Nouns of production say that it goes on only where they stand alone: "Fin de marche", "Praca ręczna", "Produzione ferma". */
export const production = new RegExp(
  `^((full|normal\\w*) )?(${word(({ production: nouns }) => nouns)})( (auto\\w*|normal\\w*|ok|\\d+))*$`,
);
/** A machine that could run, was told to stop, or is moved by hand. */
export const standing = new RegExp(`\\b(${word(({ standing: stands }) => stands)})\\b`);
export const faultState = cue(word(({ fault: faults }) => faults));

const activities = ['changeover', 'cleaning', 'break', 'planned_maintenance', 'no_shift', 'meeting'] as const;
const plans = activities.map(
  (activity) => [activity, cue(inAll(({ plans: planned }) => planned[activity]))] as const,
);
/** What an entry of the MES calls a planned stand; undefined: none. */
export const plannedBy = (text: string): Activity | undefined =>
  plans.find(([, pattern]) => pattern.test(folded(text)))?.[0];

const thingNames: readonly Thing[] = [
  'cap',
  'lid',
  'label',
  'carton',
  'film',
  'glue',
  'screw',
  'ink',
  'pallet',
];
const things = thingNames.map((thing) => new RegExp(`^(${inAll(({ things: names }) => names[thing])})$`));
/** Two words for one thing, in any two languages. */
export const sameThing = (one: string, two: string): boolean =>
  things.some((names) => names.test(one) && names.test(two));
