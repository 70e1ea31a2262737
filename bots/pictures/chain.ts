/** The chain of a stop as a picture of the line: who waited for whom, since when, and where it began. */
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { SurfaceContext } from '../../plant/surface.ts';
import { millis } from '../../plant/time.ts';
import { beforeMs, chainLayout } from './chain-layout.ts';
import { chainSvg } from './chain-svg.ts';
import { pngOf } from './png.ts';

type Floor = Pick<SurfaceContext, 'plant' | 'clock' | 'machineSpans'>;

/** The machines until the line ran again, or until now. */
async function layoutOf({ plant, clock, machineSpans }: Floor, diagnosis: Diagnosis) {
  const { line, from, to } = diagnosis.stop;
  const at = millis(from);
  const end = to === null ? clock() : millis(to);
  return chainLayout(diagnosis, plant, await machineSpans(line, at - beforeMs, Math.max(end, at + 1_000)));
}

/** For the page, whose style sheet colours it. null: the line is not in the plant any more. */
export async function chainForPage(floor: Floor, diagnosis: Diagnosis): Promise<string | null> {
  const layout = await layoutOf(floor, diagnosis);
  const id = `chain-${diagnosis.stop.id.replace(/[^a-z0-9]+/gi, '-')}`;
  return layout && chainSvg(layout, { styled: false, id });
}

/** Sharp on a phone, then smaller where a surface takes less. Pixels. */
const widths = [760, 570, 460, 380];

/** For chats: PNG, base64, with the same in words. `most`: characters of base64 that the surface takes. */
export async function chainPicture(
  floor: Floor,
  diagnosis: Diagnosis,
  most = Infinity,
): Promise<{ png: string; alt: string } | null> {
  const layout = await layoutOf(floor, diagnosis);
  if (!layout) return null;
  const svg = chainSvg(layout, { styled: true, id: 'chain' });
  for (const width of widths) {
    const png = await pngOf(svg, width);
    if (png.length <= most) return { png, alt: layout.alt };
  }
  return null;
}
