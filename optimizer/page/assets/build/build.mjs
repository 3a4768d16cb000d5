// Builds ../echarts.min.js and ../world.json. Wanted only to move to a newer version; the page itself needs no Node.
//
//   cd optimizer/reporting/page/assets/build
//   npm install --package-lock=false && npm run build && rm -r node_modules
//
// Then look at the page, run `pytest tests/reporting/page`, and commit the two files with the versions in package.json.
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { world } from "./world.mjs";

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const licence = `/*! Apache ECharts ${dependencies.echarts} (with zrender and tslib), a part of it, bundled and minified.
Copyright 2017-2026 The Apache Software Foundation. Licensed under the Apache License, Version 2.0.
zrender: Copyright (c) 2017, Baidu Inc., BSD 3-Clause. tslib: Copyright (c) Microsoft Corporation, 0BSD.
The notices stand in optimizer/reporting/page/assets/NOTICES.txt. */`;

await build({
  entryPoints: ["charts.mjs"], bundle: true, minify: true, format: "iife", globalName: "echarts", target: "es2020",
  legalComments: "none", charset: "ascii", banner: { js: licence }, outfile: "../echarts.min.js",
  define: { "process.env.NODE_ENV": '"production"' },
});
writeFileSync("../world.json", JSON.stringify(world()) + "\n");
