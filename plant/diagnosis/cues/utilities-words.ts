import { abroad } from './abroad/index.ts';
import { lackOf } from './abroad/words.ts';
import { cue } from '../words.ts';

/** What alarms, notes and reasons say of air, power and cooling. Other languages: `abroad`. */
export const air = cue(
  '(compressed |instrument |supply |plant )?air( \\w+){0,2} (low|pressure|supply|loss|fail|missing|weak|gone|down|drop)',
  '(low|no|loss of|insufficient|missing|weak) (compressed |instrument |supply |plant )?(air|pneumatic)',
  '(control|instrument|service|pilot|plant|line|supply|compressed|pneumatic) air( \\w+){0,3} (below|under|insufficient|min\\w*|out|not|off)',
  'air (below|under|insufficient)',
  '(steuer|press)luft',
  'pneumati[ck]',
  'neumatica',
  'presostato( de)?( la)?( red de)? aire',
  'compressor',
  'vacuum generator',
  'regulator pressure',
  'air (receiver|dryer|line)',
  // Oil, water and product have a pressure of their own.
  '(?<!(hydraulic|oil|water|cip|product|steam|dos\\w+|fill\\w*|gas|pump|contact) )pressure (switch|low|drop)',
  'low pressure(?! (oil|water|steam|pump))',
  '(druckluft|luftdruck|luft fehlt|luft weg|kompressor|druck (zu )?(niedrig|gering))',
  '(aire( comprimido)?|presion( de aire)?( \\w+)? (baj|insuf)|baja presion|compresor|neumatic)',
  lackOf(
    '(\\w+ )?air\\b|air comprime|druckluft|\\w*luft|aire|aria|ar (comprimido|de)|perslucht|lucht|(sprezon\\w* )?powietrz\\w*',
  ),
  ...abroad('air'),
);
export const power = cue(
  'power (dip|fail|loss|lost|out|supply|down|cut|interrupt|sag|blip|flicker|back|glitch)',
  'supply (voltage|failure|fault)',
  'dc (link|bus)( \\w+)? (under|low|uv)',
  '(line|control|24 ?v) (voltage|supply)',
  'lights (went|out|flicker)',
  'strom (weg|kurz|war weg|ausgefallen|fehlt)',
  'netz(spannung|fehler|storung|einbruch)',
  'unterspannung',
  'wischer',
  '(micro ?corte|apagon|se fue la luz|bajon|subtension|caida de tension|red electrica)',
  'loss of power',
  'under ?voltage',
  'mains',
  'phase (loss|fail)',
  'brown ?out',
  'blackout',
  'voltage',
  'ups\\b',
  '\\w*spannung(?!\\w*( \\w+)? (an|ein)\\b)',
  'stromausfall',
  'netzausfall',
  'phasenausfall',
  'fallo de (alimentacion|tension|fase)',
  '(spannungs|netz)(einbruch|abfall)',
  'corte de (luz|corriente)',
  // Tension alone is that of a belt or a web in English.
  'tension (de (red|linea|alimentacion)|baja|insuficiente)',
  '(caida|falta|corte|fallo|perdida|baja|sin) (de )?tension',
  '(sub|infra) ?tension',
  'fallo de red electrica',
  '(falta|corte|perdida|sin) (de )?alimentacion(?!( de)? (producto|bote|botella|envase|lata|pieza|tapon|carton|film))',
  '(falta|sin|corte de) (de )?(energia|corriente)',
  lackOf(
    '\\w*spannung|netz\\b|strom\\b|voeding|tension|tensione|tensao|corrente|courant|energia|\\w*spanning|napieci\\w*|zasilani\\w*|24 ?v|power|voltage',
  ),
  ...abroad('power'),
);
export const cooling = cue(
  'cool(ing|ant)?( \\w+)? (water|temp|flow|warm|high|fail|low|system|supply|return|tower)',
  'coolin',
  'chill',
  'glycol',
  'water( \\w+)? (warm|temp|hot)',
  '\\w*kuhl',
  'kaltwasser',
  'eiswasser',
  'torre de enfriamiento',
  'enfriador',
  'refriger',
  'agua (fria|caliente)',
  lackOf(
    '\\w*kuhl\\w*|cool\\w*|chill\\w*|eau (glacee|froide|de refroid)\\w*|refroid\\w*|agua (fria|helada|gelada)|acqua (fredda|refriger|gelida)\\w*|raffredd\\w*|koel\\w*|ijswater|chlodz\\w*|wod\\w* lodow\\w*',
  ),
  ...abroad('cooling'),
);
