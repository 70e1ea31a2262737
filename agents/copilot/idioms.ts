/**
 * Turns of phrase that say what the results say in plainer words; rewritten before a sentence is checked, so that
 * every check sees the plain ones. None of them adds or takes away a fact, a denial or a degree of certainty.
 */
const idioms: readonly (readonly [RegExp, string])[] = [
  // Lead-ins and asides without content.
  [
    /^(?:(?:the )?good news(?: first)?|all in all|in short|in brief|in other words|to sum up|as it stands|so far|for now|one (?:gap|thing) to (?:keep in mind|note|mention)|for your information|as far as (?:i|we) can (?:see|tell))\s*[:,]?\s+/,
    '',
  ],
  [/\b(?:by now|so far|at the moment|right now|at present)\b/g, 'now'],
  // Certainty.
  [/\b(?:it )?(?:seems|appears)(?: that| as though| as if| like)?\b/g, 'probably'],
  [/\bit looks (?:as though|as if|like)\b/g, 'probably'],
  [
    /\b(?:the )?(?:evidence|data|records?) (?:is|are) (?:too (?:thin|weak|little|scarce)|insufficient)\b/g,
    'there is not enough evidence',
  ],
  [/\b(?:too little|insufficient) (evidence|data)\b/g, 'not enough $1'],
  [
    /\b(?:i|we) (?:can't|cannot|can not) (?:yet )?(?:tell|say)(?: you)?(?: yet)?(?: for (?:sure|certain))? (?:what|why|which)\b/g,
    'the cause is not known, what',
  ],
  [/\b(?:two|both) (?:things|causes|explanations) are possible: /g, 'possibly '],
  // Denials.
  [
    /\b(?:is|are|was|can be|could be) (?:off the table|crossed off(?: the list)?|out of the question|dismissed|off the list)\b/g,
    'is ruled out',
  ],
  [/\b(?:wasn't|was not|is not|isn't) (?:the reason|the cause|to blame|behind it)\b/g, 'is ruled out'],
  // Movement of values.
  [/\b(?:climbed|jumped|shot up|went up|surged|soared)\b/g, 'rose'],
  [/\b(?:sank|sagged|went down|declined|plunged)\b/g, 'fell'],
  [/\b(?:held|remained|was|stayed) (?:steady|stable|constant)\b/g, 'stayed'],
  // Flow of product.
  [/\bwhere (?:it|product|the product) enters\b/g, 'at the infeed of'],
  [/\b(?:entrance|entry|inlet|intake)\b/g, 'infeed'],
  [/\b(?:ran dry|had nothing (?:left |more )?to (?:work on|pack|process|do))\b/g, 'had no product'],
  [/\bran out of supply\b/g, 'was without supply'],
  [/\b(?:had )?no product (?:left|to work on|to pack)\b/g, 'had no product'],
  // Stops.
  [/\b(?:was|been|is|were|sat|lay) idle\b/g, 'stood'],
  [/\b(?:is|was|are) at a standstill\b/g, 'stands'],
  [/\b(?:picked up|up and running|got going|got under way) again\b/g, 'resumed'],
  // Material.
  [
    /(?<=\b(?:components?|materials?|parts?)\b[^.;,]{0,30})\b(?:had |has |have |was |were )?(?:run out|ran out|used up)\b/g,
    'ran out of stock',
  ],
  [/\b(?:calls? for|called for|requires?|required)\b/g, 'needs'],
  // Data.
  [
    /\b(?:has |have )?(?:delivered|sent|supplied|provided|handed over) (?:nothing|no data|no values)\b/g,
    'no data',
  ],
  [/\b(?:is|was|has been|stays|stayed|remained|went) silent\b/g, 'reports nothing'],
  // Where it began.
  [/\b(?:it all|the whole thing|the trouble|the problem)(?= (?:began|started))/g, 'it'],
  // What to do.
  [/\btake a look\b/g, 'look'],
  [/\b(?:have|ask|get) (?:somebody|someone)(?: to)? (?=look|check)/g, ''],
  [
    /^(?:it would help to|it is worth to|a good next step (?:is|would be) to|the best next step is to|next, )\s*/,
    'check next: ',
  ],
];

/** `words` in small letters; what stands between quotation marks is somebody's own and stays. */
export const plainly = (words: string): string =>
  words
    .split(/("[^"]*")/)
    .map((part) =>
      part.startsWith('"') ? part : idioms.reduce((text, [find, plain]) => text.replace(find, plain), part),
    )
    .join('')
    .replace(/\s{2,}/g, ' ')
    .trim();
