/** How people name a cause, by catalogue id. Looked for in what a model wrote, never in what a tool returned to decide anything. */
export const causeWords: Readonly<Record<string, RegExp>> = {
  infeed_jam: /\bjam(?:s|med|ming)?\b|\bstuck\b|\bclogg?ed\b|\bpile-?up\b/,
  drive_trip: /\bdrive\b[^.]*\btrip|\btripped\b|\bmotor\b|\boverload|\bgearbox\b|\bbearing\b/,
  sensor_dirty: /\bdirty\b|\bphoto-?eye\b|\bdust\b|\bfouled\b/,
  comms_loss: /\bcommunications?\b|\bfield ?bus\b|\bencoder\b|\bnetwork\b|\bconnection to its controls\b/,
  safety_stop: /\bsafety\b|\be-?stop\b|\bemergency\b|\bguard\b|\blight curtain\b/,
  temperature_low: /\btoo cold\b|\bbelow its working temperature\b|\btemperature (?:was |is )?(?:too )?low\b/,
  valve_leak: /\bleak/,
  overheating: /\boverheat|\btoo hot\b/,
  consumable_empty:
    /\bconsumables?\b|\bran (?:empty|out|dry)\b|\brun out\b|\bempty\b|\bout of (?:caps|labels|film|glue)\b/,
  component_stockout: /\bstock-?out\b|\bout of stock\b|\bshortage\b|\black of (?:material|components?)\b/,
  bad_lot: /\bbad (?:lot|batch)\b|\bdefective\b|\bout of spec/,
  wrong_material: /\bwrong (?:material|label|component|cap)s?\b/,
  quality_hold: /\bon hold\b|\bquality hold\b|\bqa hold\b|\bquality (?:put|stopped|blocked)\b/,
  inspection_drift: /\bdrift|\bcalibrat/,
  ccp_failed: /\bmetal detector\b|\bcritical control\b|\bsafety check\b/,
  parameter_changed: /\b(?:parameters?|settings?|set ?points?|recipe)\b/,
  no_operator:
    /\boperators?\b|\bunmanned\b|\bunderstaffed\b|\bshort-?staffed\b|\bpost was not covered\b|\bcrew\b/,
  startup_after_changeover: /\bstart-?up\b|\bcome up cleanly\b/,
  waiting_for_maintenance: /\bwait\w* for (?:the )?(?:maintenance|technician)/,
  changeover_overrun: /\bchangeover\b[^.]*\b(?:longer|overr[au]n|late)\b/,
  changeover: /\bchange-?over\b/,
  no_order: /\bno order\b|\bwithout an order\b/,
  cleaning_overrun: /\bcleaning\b/,
  compressed_air_low: /\bcompressed air\b|\bair pressure\b|\bpneumatic/,
  power_dip: /\bpower\b|\bvoltage\b|\bblackout\b/,
  cooling_warm: /\bcooling\b|\bchilled water\b/,
  dispatch_full: /\bdispatch\b|\bwarehouse\b|\bdock\b/,
  upstream_late: /\bprocess before\b|\bdelivered late\b/,
  system_no_answer: /\blabel server\b|\bserver\b|\bdid not answer\b/,
  sensor_outage: /\bsensor (?:outage|failure|failed)\b|\bsignals of\b[^.]*\bfailed\b/,
};

/** A sentence that says why. */
export const saysWhy =
  /\b(?:because|caus(?:e|ed|es|ing)|due to|reason|root|as a result of|owing to|led to|brought|triggered|began at|started at|origin\w*|culprit|thanks to|stopped by|since the)\b/;
export const denies =
  /\b(?:not|n't|never|no|neither|nor|ruled out|excluded|rather than|instead of|without|unlikely|no longer)\b|n't\b/;

/** Words for certainty, strongest first. A plain statement counts as sure. */
export const certainty = {
  strong:
    /\b(?:certain(?:ly)?|definite(?:ly)?|clear(?:ly)?|undoubtedly|without (?:a )?doubt|no doubt|for sure|surely|obvious(?:ly)?|confirmed|proven|proved|100 ?%)\b/,
  likely: /\b(?:most likely|likely|probabl[ey]|presumably)\b/,
  weak: /\b(?:possibl[ey]|perhaps|maybe|may|might|could|conceivabl[ey]|suspect\w*)\b/,
};

/** Blame, and words that measure people. Causes are machines, materials, methods, plans. */
export const blames =
  /\b(?:operators?|technicians?|supervisors?|mechanics?|fitters?|crew|shift|staff|team|workers?|colleagues?|he|she|they|somebody|someone|employees?|human)\b[^.]*\b(?:fault|mistakes?|errors?|forg[eo]t\w*|careless\w*|neglig\w*|neglect\w*|blame\w*|too slow|lazy|ignored|failed to|should have|did not react|didn't react|inattent\w*|sloppy|untrained|incompetent)\b|\b(?:fault|mistake|error|carelessness|negligence) (?:of|by) (?:the |an? )?(?:operator|technician|supervisor|mechanic|crew|shift|staff|team|worker)\b|\bto blame\b|\b(?:operator|human) error\b/;

/** Where people were and what they did is in no record; that nobody reported or knows something is about records. */
export const tellsOfPeople =
  /\b(?:nobody|no one|no-one|somebody|someone|anybody|anyone|everybody|everyone)\b(?! (?:(?:has|have|had) )?(?:reports?|reported|knows?|known|says?|said|tells?|told|noted|confirmed|confirms|is to blame))/;

export const peopleDoing =
  /\b(?:operator|technician|supervisor|mechanic|fitter|worker|colleague|employee|crew|staff|team)s? (?:also )?(?:reported|reports|said|says|was|were|is|are|saw|took|brought|found|noted|started|stopped|kept|got|came|went|did|had|has|have|left|caused|led|knew|made|ended)\b/;

/** Advice. It must stand in the results. */
export const advises =
  /\b(?:should|must|need to|needs to|have to|recommend\w*|advis\w*|please|bypass\w*|overrid\w*|disabl\w*|ignore|switch off|turn off|restart|reset|release|call|check|try|consider)\b/;
