// Ten kinds of pages in Lighthouse, as a phone, three runs each: prints the medians as a Markdown table.
//   npm install --prefix tests/tools --no-save --ignore-scripts lighthouse@12.8.2
//   node tests/tools/lighthouse.mjs http://127.0.0.1:5000     the address of a running site
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";

const run = promisify(execFile);
const base = process.argv[2] ?? "http://127.0.0.1:5000";
const program = fileURLToPath(new URL("node_modules/.bin/lighthouse", import.meta.url));
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const runs = 3;
const pages = [
  ["home", "/"],
  ["hub", "/conditions"],
  ["condition", "/conditions/social-isolation"],
  ["level of care", "/levels-of-care/virtual-iop"],
  ["treatment", "/treatments/medication-management"],
  ["program", "/programs/virtual-iop/week"],
  ["location", "/locations/california/orange-county"],
  ["article", "/articles/what-research-says-and-does-not"],
  ["admissions", "/admissions/insurance"],
  ["form", "/request-a-call"],
  ["bibliography", "/resources/references"],
];
const categories = ["performance", "accessibility", "best-practices", "seo"];
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

// Now and then a trace is empty; twice more it is tried.
async function once(path, tries = 3) {
  try {
    return await report(path);
  } catch (fault) {
    if (tries === 1) throw new Error(`${path}: ${String(fault.stderr ?? fault.message).split("\n")[0]}`);
    return once(path, tries - 1);
  }
}

async function report(path) {
  const { stdout } = await run(program, [
    base + path, "--quiet", "--output=json", "--form-factor=mobile", `--only-categories=${categories.join(",")}`,
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu --host-resolver-rules=\"MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost\"",
  ], { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, CHROME_PATH: chromium } });
  return JSON.parse(stdout);
}

console.log("| page | performance | accessibility | best practices | SEO | first paint, ms | largest paint, ms | layout shift |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
const missed = new Set();
for (const [kind, path] of pages) {
  const reports = [];
  for (let i = 0; i < runs; i++) reports.push(await once(path));
  const scores = categories.map((category) => Math.round(100 * median(reports.map((report) => report.categories[category].score))));
  const metric = (name) => median(reports.map((report) => report.audits[name].numericValue));
  console.log(`| ${kind} \`${path}\` | ${scores.join(" | ")} | ${Math.round(metric("first-contentful-paint"))} | ${Math.round(metric("largest-contentful-paint"))} | ${metric("cumulative-layout-shift").toFixed(3)} |`);
  for (const category of categories.slice(1))
    for (const { id } of reports[0].categories[category].auditRefs)
      if (reports[0].audits[id].score !== null && reports[0].audits[id].score < 1) missed.add(`${category}: ${id} (${path}) ${reports[0].audits[id].title}`);
}
if (missed.size > 0) console.log(`\nNot full marks:\n- ${[...missed].join("\n- ")}`);
