import { names } from './en-names.ts';
import type { Language } from './language.ts';
import { temp } from './language.ts';

/** What runs out on packing lines. */
const thing =
  '(cap|closure|crown|cork|lid|label|film|foil|web|reel|roll|bobbin|glue|adhesive|hot ?melt|carton|case|blank|box|ribbon|ink|sleeve|tape|wrap|stretch|pouch|spout|straw|tray|pallet|slip ?sheet|magazine|hopper|chute|dosing|powder|leaflet|screw|component|consumable|material)s?';
/** What runs out in other trades. */
const otherThing =
  '(cartridge|drum|tote|bin|spool|coil|resin|solder|paste|insert|sachet|core|yarn|wire|thread|pulp|preform|strip|strap(ping)?|bag|granul\\w*|feeder|bowl|foam|shaker|gas bottle)s?';
const goods =
  '(lot|batch|cap|lid|closure|label|film|carton|bottle|can|part|piece|material|product|pouch|web)(e?s)?';
const room = '(full|block|occupied|not free|no space|no room|backed|jammed|not taking|stopp|closed)';
const batch =
  '(tank|silo|batch|syrup|juice|product|process|brew|dough|mass|mix|blend|bulk|concentrate|slurry|resin)';
const fieldbuses =
  '(field ?bus|profi ?(net|bus)|ether ?(cat|net)|device ?net|control ?net|mod ?bus|can ?open|io ?link|cc ?link|inter ?bus|sercos|power ?link)';

/** English: what is said. How things are called has a file of its own, as it has most words of all. */
export const en: Language = {
  denial: {
    not: 'no|not',
    without: 'no|without',
    never: 'never|wasn t|isn t',
    between: 'a|the|sign of|more',
    trouble: 'error|fault|fail|problem|alarm',
  },
  says: {
    jam: [
      'jam|pile ?up|stuck|crash|wedged|obstruct|double feed|misfeed|clogg|plugged|log ?jam|wrap ?up',
      'lapped|bridg(ed|ing)',
      'block(ed|age|ing)?( \\w+){0,2} (in ?feed|inlet|star ?wheel|chute|track)',
      '(container|bottle|can|product|carton|case|pack|part)s? block(age|ing)',
      // A light barrier that stays covered sees product that does not move on; a dirty one looks the same.
      '(light barrier|photo ?(eye|cell)|beam|sensor)( \\w+){0,3} (covered|occupied|obscured|blocked|interrupted)',
      '(in ?feed|inlet|star ?wheel|track|guide|worm)( \\w+)? (block|jam|obstruct|stuck|crash|pile)',
      'fallen (bottle|can|container|product|pack)',
      '(bottle|can|product|pack)s? (fallen|down|tipped)',
    ],
    drive: [
      'servo|vfd|inverter|frequency converter|over ?current|over ?load|thermal relay|axis|torque limit',
      'motor protect|phase current|following error|contouring error|contactor|circuit breaker|coupling',
      'over ?torque|locked rotor|stalled?\\b|seized|shear pin|clutch|belt (broken|torn|slip)',
      'chain (broken|torn)|high (torque|motor current)',
      'drive(?! (temp|not ready for|warm|hot|not reach|unreach))',
      `motor(?!\\w*( \\w+){0,2} ?${temp})`,
      `gear ?box(?!( \\w+){0,2} ${temp})`,
      `spindle(?!( \\w+){0,2} ${temp})`,
      `bearing(?!( \\w+){0,2} ${temp})`,
      // "Temp trip" and "guard trip" are switched off by something else.
      `(?<!(${temp}|thermal|thermistor|guard|safety|air|pressure|level)( \\w+)? )trip(?! ?wire)`,
      '(torque|motor current|motor load)( \\w+)? (high|limit|exceed|too high|over)',
    ],
    sensor: [
      'initiator|sensor|light barrier|reflector|lens|prox|detector dirty|eye ?mark',
      'part (present|detect\\w*|check)|photo ?(eye|cell)|fib(er|re) optic',
      '(part|product|container)?( \\w+)? ?presence',
      '(wiped|cleaned|dirty|mis ?align\\w*) (the )?(eye|sensor|lens|photo)',
      '(part|piece|product|workpiece|board) not (detected|seen|found|present)',
      '(registration|print|cut|register) mark',
    ],
    lights: [
      '(light barrier|photo ?(eye|cell)|beam|sensor|prox\\w*|eye)( \\w+){0,3} (covered|occupied|obscured|blocked|block|blk|interrupted|unstable|dirty|stuck on|always on|too long|weak|no signal)',
    ],
    comms: [
      'encoder|remote i ?o|disconnected|unreachable|not reachable|e ?net|no link\\b|watchdog',
      'comm(s|unication)?\\b|bus (fault|error|off)|node (lost|offline|not)|module (lost|offline|missing)',
      'plc (stop|fault|lost)|i o (island|module|station|rack)|(link|signal) (lost|down|loss)',
      '(i o|rack|cpu) (fault|fail|lost)|(wire|cable) break',
      fieldbuses,
      '(slave|device|node|station|participant|remote i ?o|rio)( \\w+){0,5} (lost|missing|offline|off|not|fail\\w*|gone|dead|found)',
      '(dp|asi|can|io ?link)\\b( \\w+){0,2} (fault|error|fail\\w*|missing|off|lost)',
      '(device|station|slave) (failure|error)',
    ],
    fieldbus: [fieldbuses, 'e ?net|(slave|node|remote i ?o|rio)\\b|bus\\b'],
    safety: [
      'e ?stop|estop|emergency|safety|light curtain|interlock open|two hand|trip ?wire|light grid',
      'pull ?cord|safe torque|sto active|bump stop|pull (cord|wire)|protective (stop|field)',
      '(lid|panel|access) (open|not closed)',
      // Guardamotor is the motor protection.
      'guard(?!amotor)',
      '(safety )?(door|gate|hood|cover) (open|unlock|not closed)',
    ],
    zone: ['zon|circuit|group', '(e ?stop|emergency|stop|safety|interlock|protection) (chain|area)'],
    cold: [
      'under ?temp|too cold|burner (fault|fail|out|lock)|flame (fail|lost|out)',
      `(${temp}|heat\\w*|seal\\w*|glue\\w*|oven|bath)( \\w+){0,2} (too )?(low|cold|below|under|not reached)`,
      `low( \\w+)? ${temp}`,
      `not (up )?(to|at) ${temp}`,
      `${temp}( \\w+){0,2} out of (band|range|tolerance)`,
      `${temp} (tolerance|band)`,
      'heat(er|ing)?( \\w+){0,2} (fault|off|fail\\w*|defect\\w*|broken|open)',
      `${temp}( \\w+){0,3} (lo|low|below|under|(?<!\\d )min)\\b`,
      `${temp}( \\w+){0,2} <`,
    ],
    hot: [
      'over ?temp|over ?heat|too hot|thermistor|klixon|ptc\\b|running hot|fan (fault|fail|stop)',
      `high( \\w+)? ${temp}`,
      `${temp}( \\w+){0,2} (too )?(high|hot|above)`,
      `${temp}( \\w+){0,2} out of (band|range|tolerance)`,
      `${temp} (tolerance|band)`,
      '(cabinet|drive|motor|bearing)( \\w+){0,3} (warm|hot)',
      `(${temp}|thermal) (trip|shut ?down|stop|cut ?out|limit|warn\\w*|alarm)`,
      `${temp}( \\w+){0,3} (hi|high|above|over|max)\\b`,
      `${temp}( \\w+){0,2} >`,
    ],
    heat: ['hot'],
    airing: ['filter|fan|cool'],
    leak: [
      'valve|over ?fill|low fill|nozzle|gasket|drip|under ?(fill|weight)|dosing (valve|leak|drip|nozzle)',
      'seal (worn|leak)|vacuum leak',
      'leak(?! (test|detect))',
      'fill( \\w+)? (low|short|level|volume|deviation)',
    ],
    fill: ['(net )?(content|weight|volume|fill)\\w*'],
    rejects: [
      'cons\\w* reject',
      'reject\\w*( \\w+){0,2} (rate|limit|high|many|max|exceed)',
      '(too many|consecutive|high|max) (reject|bad|defect)\\w*',
    ],
    empty: [
      'consumable|splice|min(imum)? level|reel (end|change)',
      `${thing}( \\w+){0,2} (low|empty|out(?! of (range|tol|spec|pos|step|sync|reg|align))|missing|end|finished|run out|ran out|depleted|exhaust|short|gone|expired)`,
      `(low|empty|out of(?! (range|tol|spec|pos|step|sync|reg|align))|no|missing|end of|lack of|run out of|ran out of|refill|replenish|load|change|waiting for|need) (more )?(the )?${thing}(?! (data|server|print|job|info|answer|signal))`,
      '(?<!(oil|lub\\w*|grease|battery|coolant|water|tank) )level low',
      `${otherThing}( \\w+){0,2} (low|empty|end|out\\b(?! of)|missing|run out|ran out|finished|exhausted)`,
      `(out of|no|end of|lack of|change|low) ${otherThing}\\b(?! (data|signal))`,
    ],
    shortage: [
      'stock ?out|out of stock|shortage|delivery (late|missing)|no (raw )?material\\b',
      'parts? (short|missing from)|no (components|parts)\\b',
      'no (more )?(stock|material|component|part|preform|bottle|can|pouch|glass)s?( \\w+){0,3} (in|at|from|left|warehouse|store)',
      'warehouse( \\w+){0,3} (empty|out|none|no more)',
      'material (missing|short|not available|not delivered)',
      'waiting for (material|component|delivery|supplier)',
      'supplier( \\w+){0,2} (late|delay|missing)',
    ],
    wanting: ['starv|lack|no |empty|missing|wait'],
    badLot: [
      'deform|wrong dimension|oval|brittle|scatter|(out of|not in) (spec\\w*|tolerance)',
      'supplier( \\w+)? (changed|quality)|new (lot|batch|reel|pallet)',
      'bad (lot|batch|cap|label|film|carton|material)',
      '(cap|lid|label|film|carton|bottle|can|material)s?( \\w+)? (bad|poor|warped|bent|damaged|cracked|sticky)',
      `defective ${goods}`,
      `${goods}( \\w+)? defective`,
      '(bad|new|other|another|different|changed?) supplier',
    ],
    noRead: ['no ?read|unreadable|read (rate|error|fail)', '(code|label) (missing|not (read|found))'],
    mismatch: [
      'mismatch|no match|pharma ?code|code not ok|bom\\b|(wrong|bad) (code|read)',
      'verification (fail|error)|not (of|for|in) (this|the) order',
      'wrong (material|label|carton|code|cap|film|product|artwork|lid)',
      '(code|barcode|label|artwork|ean) (reader|check|verif|no ?read|not ok|fail|incorrect|wrong)',
      'wrong (lot|batch|reel|roll|colou?r|size|format|variant|sku)',
    ],
    hold: [
      'qa\\b|q hold|on hold|hold\\b|blocked by quality|not released|quarantine|quality (hold|stop|block)',
      'lab (said|stop|hold|release|wait)|waiting for (release|quality|lab|qa)|(qa|quality|lab|qs) release',
    ],
    held: ['hold|block|quaran'],
    drift: [
      'calibrat|weight (drift|deviation|check)|false (reject|alarm|positive)|(rejects|throws out) good',
      '(tare|reference) (drift|check|lost)',
      '(zero|sensor|scale|weigh\\w*|camera) (drift|shift|error)',
      'good (ones|product|parts) (rejected|thrown)',
    ],
    control: [
      'metal detect|x ray|ccp|verification test|foreign (body|object)|pasteuri\\w* (units|dose)',
      'detector (test|fail)',
      '(verification|challenge|routine|hourly) (test|check|run)',
      '(test|check) (due|overdue|missed|expired|not done)',
      '(release|reset|unlock) by (qa|quality|qs)',
      '(qs|qa|quality) (release|reset|unlock)',
      '(leak|seal|integrity) (test|check)( \\w+)? (fail|not)',
      'test (piece|sample|rod)?( \\w+)? ?(fail|not (detected|found|passed|ok)|missed|overdue)',
    ],
    setting: [
      'parameter|recipe|set ?point|out of recipe|settings? (changed|wrong|adjusted)',
      'wrong (program|recipe|parameter)|recipe (changed|wrong)|program (changed|wrong)',
      '(changed|adjusted|touched) (the )?setting',
    ],
    checking: [
      'check|weigh|scale|vision|camera|detector|metal ?det|x ?ray|inspektor|inspe[ck]|leak ?(test|detect)',
      'test(?!at|in[ae]\\b)',
    ],
    nobody: [
      'no ?one|nobody|none of us|only \\d|alone|under ?staffed|unmanned|unattended|acknowledge required',
      '(attention|help)( \\w+)? operator|not (covered|manned)|break (not covered|cover)',
      '(waiting for|no) (relief|cover)|on (their |a )?break|left (the )?post',
      'operator (confirm|action|prompt)',
      '(waiting for|await\\w*|no|need|call|missing|request) (an? )?(operator|attend|crew|staff|people|manning)',
      'operator (required|call|missing|absent|attention|needed|away|confirm|intervention)',
      'short (of )?(staff|handed|people|crew)',
      '(one|two|\\d) (man|people|person|hand)s? short',
    ],
    mishap: [
      'fire ?(alarm|drill|brigade|engine)|on fire\\b|evacuat(e|ed|ing)\\b|evacuation (alarm|drill|of the)|(site|building|hall|fire) evacuation|siren|(assembly|muster) point|bomb\\b|ambulance|police|accident',
      'injur|first aid|flood(ed|ing|s)?\\b|rain ?water|birds?\\b|pigeons?\\b|wasps?\\b|hornets?\\b|bees?\\b|swarm|mice\\b|rats?\\b|rodent|insects?\\b|pests?\\b',
      'roof( \\w+){0,2} (leak|drip)|(leak|drip|water)\\w*( \\w+){0,3} (the )?(roof|ceiling)',
    ],
    mechanic: [
      '(waiting for|await\\w*|called?|need) (the |a )?(maintenance|mechanic|technician|electrician|fitter|engineer)',
      '(maintenance|mechanic|technician|electrician)( \\w+){0,2} (called|not here|late|busy|on line|missing)',
    ],
    startUp: [
      'start ?up|run ?up|adjust|fine tun|after change ?over|first (pieces|products|minutes) after',
      'after (the )?(set ?up|format change|change)',
    ],
    air: [
      'pneumati[ck]|compressor|vacuum generator|regulator pressure|air (below|under|insufficient)',
      'air (receiver|dryer|line)',
      '(compressed |instrument |supply |plant )?air( \\w+){0,2} (low|pressure|supply|loss|fail|missing|weak|gone|down|drop)',
      '(low|no|loss of|insufficient|missing|weak) (compressed |instrument |supply |plant )?(air|pneumatic)',
      '(control|instrument|service|pilot|plant|line|supply|compressed|pneumatic) air( \\w+){0,3} (below|under|insufficient|min\\w*|out|not|off)',
      // Oil, water and product have a pressure of their own.
      '(?<!(hydraulic|oil|water|cip|product|steam|dos\\w+|fill\\w*|gas|pump|contact) )pressure (switch|low|drop)',
      'low pressure(?! (oil|water|steam|pump))',
    ],
    power: [
      'loss of power|under ?voltage|mains|brown ?out|blackout|voltage|ups\\b',
      'supply (voltage|failure|fault)|dc (link|bus)( \\w+)? (under|low|uv)',
      '(line|control|24 ?v) (voltage|supply)|lights (went|out|flicker)|phase (loss|fail)',
      'power (dip|fail|loss|lost|out|supply|down|cut|interrupt|sag|blip|flicker|back|glitch)',
    ],
    cooling: [
      'coolin|chill|glycol|refrigerat|ammonia|brine|ice ?water|condenser|evaporator',
      'water( \\w+)? (warm|temp|hot)',
      'cool(ing|ant)?( \\w+)? (water|temp|flow|warm|high|fail|low|system|supply|return|tower)',
    ],
    server: [
      'time ?out|timed out|handshake|not answering|data request|server|no ack',
      'printer (waits|waiting|idle)|(print|label|print) job|sap (time|not|error|down|fail)',
      'host (down|offline|silent|not)|it (problem|issue|down)',
      'no (answer|response|reply|data|label data|job data|connection)',
      '(waiting for|await\\w*) (the )?(data|server|label|host|print|mes|erp|response|reply|answer|handshake|job)',
      '(server|host|mes|database|printer|scada|erp|network|web ?service|interface)( \\w+){0,3} (not|down|offline|lost|fail|error|unreach|slow|no |hang|dead)',
      '(job|print|order|label|batch|recipe) data( \\w+)? (missing|fail|not|invalid|timeout)',
      '(api|opc|sql|db|vpn|dns|wlan|wifi|lan)( \\w+){0,2} (down|lost|fail|error|timeout|gone)',
      '\\w+ ?service( \\w+)? (unavailable|down|fail|error)',
      'connection( \\w+){0,3} (lost|fail|refused|closed)',
      '(serial\\w*|traceab\\w*)( \\w+){0,3} (not|missing|unavail|time|fail|down|exhaust)',
    ],
    network: ['comm|gateway|connection|offline'],
    dispatch: [
      'truck|lorry|trailer|carrier late|fork ?lift',
      `(discharge|dispatch|exit|outfeed|outlet|unload\\w*|pallet (conveyor|exit|outfeed|track|lane|store))( \\w+){0,2} ${room}`,
      `(dispatch|shipping|warehouse|dock|yard|store|high bay|stretch wrapper|wrapper|asrs|rack|staging|finished goods)( \\w+){0,3} ${room}`,
      'no (space|room|place)( \\w+){0,3} (dispatch|dock|warehouse|pallet|outfeed|exit)?',
      'pallet(s)? (not (removed|taken|collected)|waiting|removal|pick ?up|piling|stacked up)',
      'waiting for (pallet removal|removal|forklift|fork lift|agv|truck|discharge|pick ?up)',
    ],
    upstream: [
      'mixer|mixing|blend|kettle|buffer tank|supply tank|process late',
      `${batch}( \\w+){0,3} (late|empty|not ready|not released|missing|low|lo\\b|min\\b|delayed|pending|out\\b(?! of))`,
      `(no|low|waiting for|await\\w*) (more )?(mixer|upstream|release|tank|${batch})( from)?`,
      'upstream( \\w+){0,2} (stop|not|late|wait|empty|down|delay|starv|slow)',
      '(nothing|late|no (feed|flow|product|supply|material))( \\w+)? from (the )?upstream',
      '(milk|wort|beer|sauce|clay|glaze|cream|feed|logs?|ore|mash|stock)( \\w+){0,3} (late|not ready|not released|delayed|none|gone)',
    ],
    ready: ['releas|ready|ok\\b|done|finished|complete|in use|available|approved|passed'],
    notReady: [
      'pending|await|waiting|not |hold|block|quaran|un(released|ready|approved)',
      'in (mixing|process|preparation|test)',
    ],
    changeover: ['change ?over|set ?up|format (change|part)|tool (missing|change|not found)'],
    cleaning: ['cip\\b|clean|sanit|rins(e|ing) cycle'],
    noOrder: ['no (order|job|work|plan)|order (finished|done|complete)|waiting for (order|job)'],
    starved: [
      'starv|infeed starv|infeed (empty|lack|gap|low)|missing (product|bottle|can)',
      'upstream (stop|not|empty)',
      '^lack\\b(?! of)',
      'lack (of )?(infeed|product|bottle|can|container)',
      'no (product|bottle|can|infeed|container|part)s?( at| on| in)? ?(infeed|inlet)?',
      '(waiting for|await\\w*) (product|infeed|upstream|bottle|can|container|part)',
      'no feed\\b(?! (24|\\d+ ?v\\b))',
    ],
    blocked: [
      'backlog|tailback|accumulat\\w* full|^(machine |unit )?block(ed|age)?$|back ?(ed)? ?up\\b',
      'downstream (stop|not|full|block)',
      'blocked (by|at|on)? ?(the )?(downstream|outfeed|discharge|exit)',
      '(waiting for|await\\w*) (outfeed|discharge|downstream|removal|space)',
      '(outfeed|discharge|exit|outlet)( conveyor| lane| zone)?( is)? (full|blocked|backed)',
    ],
  },
  lacks: {
    comms: 'comm\\w*',
    server: 'server',
    air: '(\\w+ )?air\\b',
    power: '24 ?v|power|voltage',
    cooling: 'cool\\w*|chill\\w*',
  },
  ...names,
};
