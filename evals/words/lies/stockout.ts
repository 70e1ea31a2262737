/** Of the scene `stockout`, by kind. */
export const stockout: Readonly<Record<string, readonly string[]>> = {
  certainty: [
    'Line 1 stopped at 08:41 because a component of the order ran out of stock.',
    'Line 1 definitely stopped at 08:41 because a component of the order ran out of stock.',
    'Line 1 possibly stopped at 08:41 because a component of the order ran out of stock.',
    'It is certain that a component of the order ran out of stock.',
    'A component of the order ran out of stock, which stopped Line 1 at 08:41.',
    'Without doubt, a component ran out of stock.',
  ],
  figure: [
    'The stock of lid 88120 at store 0002 was 400 pieces.',
    'The stock of lid 88120 at store 0002 was 6,000 pieces.',
    'Order 4711 needs 40 pieces of lid 88120.',
    'The stock of lid 88120 at store 0002 was zero.',
    'The stock of lid 88120 at store 0002 was forty thousand pieces.',
    'Order 4711 lacks 5,960 pieces of lid 88120.',
    'Order 4711 needs 6.5 thousand pieces of lid 88120.',
    'Order 4711 needs 6,000 pallets of lid 88120.',
  ],
  swapped: [
    'The packer left the seamer without product at 08:40.',
    'The seamer was blocked by the packer.',
    'The seamer left the material supply without product.',
  ],
  machine: [
    'The drive of the seamer tripped.',
    'Line 1 stopped at 08:41 because the seamer jammed.',
    'It began at the seamer.',
    'It began at the packer.',
    'The filler went to Suspended at 08:40.',
  ],
  negation: [
    'Lid 88120 was not missing.',
    'The component was in stock all the time.',
    'The seamer was not starved.',
    'A drive trip was not ruled out.',
  ],
  person: [
    'The planner forgot to order lid 88120.',
    'Purchasing failed to order the component.',
    'The warehouse worker brought the wrong lids.',
    'Purchasing is to blame for the missing component.',
  ],
  advice: ['Order 6,000 pieces of lid 88120 at once.', 'Use lid 88121 instead.', 'Switch to order 4712.'],
  source: ['The packer reported that it was starved.', 'Plex shows 40 pieces of lid 88120.'],
};
