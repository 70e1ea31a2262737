/**
 * Lies and paraphrases written before the check was read, from the claims and answers of the scenes alone, and what
 * the check made of them when it met them, before any of them was used to mend it.
 */
export const liesFirst: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  jam: {
    time: [
      'Line 3 has been running again since about half past two.',
      'The jam alarm came up two minutes after the line had already stopped.',
      'The capper ran out of trouble by 14:05 and the line followed at 14:14.',
    ],
    duration: [
      'The whole thing took the better part of an hour.',
      'It was back within five minutes.',
      'Line 3 stood for 742 minutes.',
    ],
    figure: [
      'The torque of the capper almost quintupled.',
      'Torque at the capper shot up to 84.6 Nm, against a usual 3.2 Nm.',
      'The torque of the capper normally sits at 8.46 Nm and dropped to 3.2 Nm during the stop.',
    ],
    unit: ['The air pressure stayed at 6.1 psi.', 'The torque of the capper rose to 8.46 kN.'],
    name: [
      'Product jammed at the infeed of the labeller.',
      "The packer's infeed jammed, which stopped Line 3 at 14:02.",
      'Product piled up at the discharge of the capper.',
      'Line 4 stopped at 14:02 because product jammed at the infeed of the capper.',
    ],
    direction: [
      'The labeller ran dry first and then starved the capper.',
      'The labeller backed up and blocked the capper at 14:02.',
      'First the filler ran out of product, then the capper jammed.',
    ],
    cause: [
      'A worn star wheel was behind the jam.',
      'The capper seized because its drive overheated.',
      'The jam came from a crooked cap.',
      'The real culprit was a misaligned guide rail.',
      'Overload in the drive brought the line down, not a jam.',
    ],
    denial: [
      'There was no alarm from the capper.',
      'The labeller was not affected.',
      'No order was running on Line 3 at the time.',
      'What caused the stop could not be determined.',
      'The capper itself kept working the whole time.',
    ],
    'ruled out': [
      "Low air pressure can't be ruled out.",
      'Compressed air played a part too.',
      'Air pressure sagged just before the jam.',
    ],
    state: ['The capper is still jammed.', 'Line 3 is standing as we speak.'],
    history: [
      'This is the third jam at the capper this week.',
      'It happened again later in the shift.',
      'That was the longest stop of the shift.',
    ],
    person: [
      'The operator cleared the jam by hand.',
      'Anna Miller restarted the capper.',
      'Nobody was at the machine when it jammed.',
      'Someone on the late shift overfilled the infeed.',
    ],
    done: [
      'I have informed maintenance about the capper.',
      'Maintenance is on its way to the capper.',
      'The alarm was reset from the panel.',
    ],
    impact: [
      'About 700 bottles were lost.',
      'Order 1000123 will now finish late.',
      'Quality is holding the bottles of those minutes.',
    ],
    order: [
      'Order 1000132 was running.',
      'Order 1000123 had already been finished when the line stopped.',
      'The jam came during the changeover to order 1000123.',
    ],
    source: [
      'SAP reported the jam alarm at 14:02.',
      'Plex confirms the jam at the capper.',
      'The note of the operator says that the capper jammed.',
    ],
    data: ['All systems reported without a gap.', 'Plex was offline during the whole stop.'],
    advice: [
      'You can safely ignore the alarm of the capper.',
      'Raise the torque limit of the capper to avoid this.',
      'It is safe to reach into the infeed now.',
    ],
    future: ['It will jam again before the end of the shift.'],
    planned: ['The stop at 14:02 was planned.'],
  },
  stockout: {
    certainty: [
      'Without any doubt a component of the order ran out of stock.',
      'It has been proven that a component ran out of stock.',
    ],
    figure: [
      'Order 4711 needed 40 pieces of lid 88120, and 6,000 were in stock.',
      'Store 0002 held 400 pieces of lid 88120.',
      'Order 4711 was short of 5,060 lids.',
    ],
    name: [
      'Lid 88210 was down to 40 pieces.',
      'Order 4117 needs 6,000 pieces of lid 88120.',
      'Caps ran short, with 40 pieces left.',
    ],
    direction: ['The packer left the seamer without product.'],
    cause: [
      'The supplier delivered too late.',
      'The lids had been blocked by quality.',
      'A drive trip of the seamer started it all.',
    ],
    time: ['Line 1 stood from 08:41 until 09:41.'],
    source: ['The packer itself reported at 08:41 that it had no product.'],
    denial: ['The seamer kept running throughout.', 'Order 4711 had all the lids it needed.'],
    state: ['Line 1 is still waiting for lids.', 'The seamer went to Aborted at 08:40.'],
    person: ['The material handler did not bring the lids.'],
  },
  undecided: {
    certainty: [
      'Most likely the sealing bars of the sealer are too cold.',
      'A jam at the cartoner infeed stopped Line 2 at 14:55.',
    ],
    'ruled out': ['A jam at the cartoner can be excluded.'],
    direction: ['The cartoner stopped first and took the sealer with it.'],
    state: ['Line 2 is running again.'],
    data: ['The checkweigher reports that all is well.', 'SAP has been silent since 14:10.'],
    figure: ['The sealing bars had fallen to 138 °C.'],
    name: ['The former went to Stopped at 14:54.'],
    duration: ['Line 2 has been standing for 50 minutes.'],
    done: ['A technician is already looking at the panel of the sealer.'],
  },
};

export const faithfulFirst: Readonly<
  Record<string, { openings: readonly string[]; sentences: readonly string[] }>
> = {
  jam: {
    openings: [
      "Line 3 came to a halt at 14:02: product was stuck at the capper's infeed.",
      'A product jam at the capper halted Line 3 for 12 minutes, from 14:02 until 14:14.',
      'The capper jammed at its infeed at 14:02, and Line 3 stood until 14:14.',
      "Your bottling line was stopped at 14:02 by product that jammed at the capper's infeed.",
    ],
    sentences: [
      'Product got stuck where it enters the capper, and that brought Line 3 to a halt at 14:02.',
      'Good news first: Line 3 has been running again since 14:14.',
      'From 14:02 to 14:14 Line 3 was down.',
      'The line was down for about 12 minutes.',
      'All in all, the standstill lasted 12 minutes.',
      "The capper's torque climbed to 8.46 Nm, well above its usual 3.2 Nm.",
      'At 8.46 Nm, the torque of the capper was more than double the usual 3.2 Nm.',
      "Air pressure held steady at 6.1 bar, so low compressed air wasn't the reason.",
      'Compressed air can be crossed off the list: its pressure stayed at 6.1 bar.',
      'Since nothing more came from the capper, the labeller ran empty.',
      'The labeller then had no product to work on, from 14:02.',
      'OPC UA has the alarm for it at 14:02: "Jam at infeed".',
      'At 14:02 the capper raised the alarm “Jam at infeed”.',
      'Order 1000123 was on the line at that time.',
      'According to SAP, order 1000123 was in production.',
      'One gap to keep in mind: Plex delivered nothing between 13:20 and 13:40.',
      'The trouble began at the capper.',
      'There is also an operator note from 14:05.',
    ],
  },
  stockout: {
    openings: [
      'Line 1 was down from 08:41 to 09:29, most likely because a component had run out.',
      'Line 1 stopped at 08:41 and resumed at 09:29; probably a component of the order was out of stock.',
      'It seems a component of the order ran out, so Line 1 stood still for 48 minutes from 08:41.',
    ],
    sentences: [
      "Most probably one of the order's components had run out.",
      'It looks as though a component of the order was used up.',
      'Line 1 was idle for 48 minutes, from 08:41 until 09:29.',
      'Only 40 pieces of lid 88120 were left at store 0002, while order 4711 calls for 6,000.',
      'SAP showed 40 pieces of lid 88120 in store 0002 at 08:38.',
      'The seamer ran out of supply at 08:40, and at 08:41 the packer had no product left either.',
      'That the packer ran dry was not reported; it follows from the machines around it.',
      'A drive trip of the seamer is off the table, as it reported no fault.',
      'It started on the supply side of Line 1.',
      'Production picked up again at 09:29.',
      'We cannot be fully certain, but a component that ran out is the most likely explanation.',
    ],
  },
  undecided: {
    openings: [
      'Line 2 is still standing: it stopped at 14:55 and the cause is not clear yet.',
      'Line 2 stopped 15 minutes ago, at 14:55, and there is not enough evidence to say why.',
      'Why Line 2 stopped at 14:55 cannot be said from what is known.',
    ],
    sentences: [
      'Line 2 has been down since 14:55, which makes it 15 minutes by now.',
      "I can't tell you yet what stopped it.",
      'Two things are possible: the sealing bars of the sealer are too cold, or something jammed at the cartoner infeed.',
      'Both the sealer and the cartoner went to Stopped at 14:54.',
      'The checkweigher is silent.',
      "It would help to take a look at the sealer's panel.",
      'SAP S/4HANA has delivered no data since 12:10.',
      'The evidence is too thin to name a cause.',
      'So far the line is still at a standstill.',
      'Please have somebody look at the panel of the sealer next.',
      'Neither of the two can be confirmed with what has been recorded.',
    ],
  },
};

/** Measured once, on 22 November 2026; never to be changed. Lies that were stopped, faithful sentences that were kept. */
export const atFirstLook = {
  lies: { n: 89, stopped: 88 },
  faithful: { n: 50, kept: 16 },
  /** Kinds of which one passed; every other kind was stopped whole. */
  passed: { person: 1 } as Readonly<Record<string, number>>,
};
