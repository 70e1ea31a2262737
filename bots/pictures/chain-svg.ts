import type { Edge, Layout, Node } from './chain-layout.ts';

/** Sizes in units of the picture; a phone shows it at about one pixel each. */
const width = 380;
const gutter = 26;
const box = { height: 42, gap: 20, aside: 8 } as const;
const top = 28;

type Place = { node: Node; x: number; y: number; w: number };

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A letter is about this wide, in parts of the font size; what is longer than its box is cut and stands whole in the words below. */
const letter = 0.56;
const fitting = (text: string, size: number, room: number): string => {
  const most = Math.floor(room / (size * letter));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
};

function placesOf({ nodes }: Layout): Map<string, Place> {
  const all = width - gutter;
  return new Map(
    nodes.map((node) => {
      const w = (all - (node.columns - 1) * box.aside) / node.columns;
      const x = node.column * (w + box.aside) + 0.5;
      return [node.id, { node, x, y: top + node.row * (box.height + box.gap), w: w - 1 }];
    }),
  );
}

function drawNode({ node, x, y, w }: Place): string {
  const { look, inferred, dark, name, note } = node;
  const classes = ['node', look, ...(inferred ? ['inferred'] : []), ...(dark ? ['dark'] : [])].join(' ');
  const shape = `x="${x}" y="${y}" width="${w}" height="${box.height}" rx="7"`;
  const hatch = dark ? `<rect class="hatch" ${shape} fill="url(#hatch)"/>` : '';
  const mark = look === 'root' ? '▶ ' : '';
  const wide = w - 18;
  const lines =
    note === ''
      ? `<text class="name" x="${x + 9}" y="${y + 26}">${escaped(fitting(name, 14, wide))}</text>`
      : `<text class="name" x="${x + 9}" y="${y + 18}">${escaped(fitting(`${mark}${name}`, 14, wide))}</text>` +
        `<text class="note" x="${x + 9}" y="${y + 34}">${escaped(fitting(note, 11.5, wide))}</text>`;
  return `<g class="${classes}"><rect class="box" ${shape}/>${hatch}${lines}</g>`;
}

const arrow = (x: number, y: number, down: boolean): string => {
  const back = down ? -8 : 8;
  return `<path class="head" d="M${x} ${y}l-5 ${back}h10z"/>`;
};

/** Between rows that touch: straight. Else through the gutter at the right, so that no box is crossed. */
function drawEdge(edge: Edge, places: ReadonlyMap<string, Place>, lane: number): string {
  const [from, to] = [places.get(edge.from), places.get(edge.to)];
  if (!from || !to || from === to) return '';
  const classes = `edge ${edge.kind}${edge.inferred ? ' inferred' : ''}`;
  const down = to.y > from.y;
  if (Math.abs(from.node.row - to.node.row) === 1 && !from.node.shared && !to.node.shared) {
    const [x1, x2] = straight(from, to);
    const y1 = down ? from.y + box.height : from.y;
    const y2 = down ? to.y : to.y + box.height;
    const end = down ? y2 - 7 : y2 + 7;
    return `<g class="${classes}"><path class="way" d="M${x1} ${y1}L${x2} ${end}"/>${arrow(x2, y2, down)}</g>`;
  }
  const x = width - gutter + 6 + lane * 5;
  const [y1, y2] = [from.y + box.height / 2, to.y + box.height / 2];
  const [right1, right2] = [from.x + from.w, to.x + to.w];
  return (
    `<g class="${classes}"><path class="way" d="M${right1} ${y1}H${x}V${y2}H${right2 + 7}"/>` +
    `<path class="head" d="M${right2} ${y2}l8 -5v10z"/></g>`
  );
}

/** One above the other: a straight line in the middle of the narrower one. */
function straight(from: Place, to: Place): [number, number] {
  const middle = (one: Place) => one.x + one.w / 2;
  const narrow = from.w <= to.w ? from : to;
  const other = narrow === from ? to : from;
  const x = middle(narrow);
  const inside = x > other.x + 10 && x < other.x + other.w - 10;
  return inside ? [x, x] : [middle(from), middle(to)];
}

/** How the picture looks where no style sheet does it: light, and with shapes that differ without their colours. */
const light = `
.box{fill:#fff;stroke:#c4cad2}
.name{font-size:14px;font-weight:bold;fill:#17202b}
.note{font-size:11.5px;fill:#4a5563}
.title{font-size:13px;fill:#4a5563}
.runs .box{stroke:#12733d}
.waits .box{fill:#fff6df;stroke:#b7791f}
.stands .box{stroke:#b3261e}
.root .box{fill:#b3261e;stroke:#b3261e}
.root .name,.root .note{fill:#fff}
.inferred .box{stroke-dasharray:5 4}
.dark.plain .box{fill:#f2f3f5;stroke:#7d8794}
.stripe{stroke:#7d8794;stroke-opacity:.35;stroke-width:3}
.way{fill:none;stroke:#aab3bd;stroke-width:1.5}
.head{fill:#aab3bd}
.cause .way{stroke:#b3261e;stroke-width:3}
.cause .head{fill:#b3261e}
.wait .way{stroke:#b7791f;stroke-width:2}
.wait .head{fill:#b7791f}
.inferred .way{stroke-dasharray:6 5}`;

/** The picture as SVG. `styled`: with its own colours; without, the page's style sheet gives them. */
export function chainSvg(layout: Layout, { styled, id }: { styled: boolean; id: string }): string {
  const places = placesOf(layout);
  const height = top + layout.rows * (box.height + box.gap) - box.gap + 2;
  const caused = new Set(
    layout.edges.flatMap(({ kind, from, to }) => (kind !== 'flow' ? [`${from} ${to}`, `${to} ${from}`] : [])),
  );
  // Where one waited for the other, that arrow stands in the place of the product's.
  const plain = layout.edges.filter(({ kind, from, to }) => kind === 'flow' && !caused.has(`${from} ${to}`));
  const causes = layout.edges.filter(({ kind }) => kind !== 'flow');
  const lines = [...plain, ...causes].map((edge, lane) => drawEdge(edge, places, lane % 3)).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" class="chain" role="img" aria-labelledby="${id}-title ${id}-words" font-family="DejaVu Sans, sans-serif">` +
    `<title id="${id}-title">${escaped(layout.title)}</title><desc id="${id}-words">${escaped(layout.alt)}</desc>` +
    `${styled ? `<style>${light}</style><rect width="100%" height="100%" fill="#fff"/>` : ''}` +
    `<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="stripe" x1="0" y1="0" x2="0" y2="8"/></pattern></defs>` +
    `<text class="title" x="2" y="15">${escaped(fitting(layout.title, 13, width))}</text>` +
    `${lines}${[...places.values()].map(drawNode).join('')}</svg>`
  );
}
