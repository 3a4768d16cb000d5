// What of Apache ECharts the page uses; esbuild leaves out the rest.
import { BarChart, LineChart, MapChart, SankeyChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TitleComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, registerMap, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

use([
  BarChart, LineChart, MapChart, SankeyChart,
  AriaComponent, GridComponent, LegendComponent, TitleComponent, TooltipComponent, VisualMapComponent,
  LabelLayout, SVGRenderer,
]);

export { init, registerMap };
