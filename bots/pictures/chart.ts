import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * A vega-lite specification as PNG, base64. `width`: pixels of the picture.
 * Text is drawn with the bundled DejaVu Sans: a bare machine has no fonts, and without one no text appears at all.
 */
export async function drawChart(specification: object, { width }: { width: number }): Promise<string> {
  const [vegaLite, vega, { Resvg }] = await Promise.all([
    import('vega-lite'),
    import('vega'),
    import('@resvg/resvg-js'),
  ]);
  const whole = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: '#ffffff',
    padding: 14,
    config: {
      font: 'DejaVu Sans',
      view: { stroke: null },
      axis: { labelFontSize: 12, domainColor: '#c4cad2', tickColor: '#c4cad2' },
      legend: { labelFontSize: 12, symbolType: 'square' },
    },
    ...specification,
  };
  const compiled = vegaLite.compile(whole as Parameters<typeof vegaLite.compile>[0]).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: {
      fontFiles: [join(fonts, 'DejaVuSans.ttf')],
      loadSystemFonts: false,
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return picture.render().asPng().toString('base64');
}
