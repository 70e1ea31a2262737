import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { indexedPng } from './indexed-png.ts';

const require = createRequire(import.meta.url);

/**
 * An SVG with a white ground as PNG, base64. `width`: pixels of the picture.
 * Text is drawn with the bundled DejaVu Sans: a bare machine has no fonts, and without one no text appears at all.
 */
export async function pngOf(svg: string, width: number): Promise<string> {
  const { Resvg } = await import('@resvg/resvg-js');
  const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: {
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => join(fonts, name)),
      loadSystemFonts: false,
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  const drawn = picture.render();
  const small = indexedPng(drawn.pixels, drawn.width, drawn.height);
  return (small ?? drawn.asPng()).toString('base64');
}
