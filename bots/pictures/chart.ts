import { pngOf } from './png.ts';

/** A vega-lite specification as PNG, base64. `width`: pixels of the picture. */
export async function drawChart(specification: object, { width }: { width: number }): Promise<string> {
  const [vegaLite, vega] = await Promise.all([import('vega-lite'), import('vega')]);
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
  return pngOf(svg, width);
}
