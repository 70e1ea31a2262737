/** Of the scene `undecided`, by kind. */
export const undecided: Readonly<Record<string, readonly string[]>> = {
  cause: [
    'Line 2 stopped at 14:55 because the sealing bars of the sealer were too cold.',
    'Line 2 stopped at 14:55, most likely because of a jam at the cartoner infeed.',
    'The cause is a jam at the cartoner infeed.',
    'The sealer stopped Line 2 at 14:55.',
    'The sealing bars of the sealer were too cold.',
    'Product jammed at the infeed of the cartoner.',
    'Possibly the label server did not answer.',
    'It could be a power dip.',
    'It began at the sealer.',
  ],
  state: [
    'Line 2 runs again.',
    'Line 2 stood for 15 minutes and runs again since 15:10.',
    'The checkweigher runs.',
    'The checkweigher stopped at 14:54.',
  ],
  swapped: ['The sealer left the cartoner without product.', 'The cartoner blocked the sealer.'],
  duration: [
    'It has been standing for 50 minutes.',
    'It has been standing for an hour.',
    'It stood for 15 seconds.',
  ],
  source: [
    'No data is missing.',
    'Data from SAP S/4HANA is complete.',
    'There is no data from SAP S/4HANA since 14:10.',
  ],
  advice: ['Check next: look at the panel of the cartoner.', 'Heat up the sealing bars of the sealer.'],
  person: [
    'The operator switched the sealer off.',
    'Nobody was at the sealer because the crew took a long break.',
  ],
};
