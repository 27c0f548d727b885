// A reader of `view --html` in a real browser: clicks through an index, searches, follows a name with the keyboard,
// and opens a hostile article. By the browser's own protocol over pipes, so that nothing need be installed.
//   node view.mjs CHROMIUM MANY.html HOSTILE.html
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [program, many, hostile] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "newstext-view-"));
const browser = spawn(program, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--remote-debugging-pipe", `--user-data-dir=${profile}`, "about:blank"],
  { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
let failed = 0;
const check = (what, found, wanted) => {
  const [f, w] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (f !== w) { failed++; console.log(`FAILED: ${what}: ${f}, not ${w}`); }
};

let calls = 0;
const answers = new Map();
const log = [];
let loaded = () => {};
const receive = (message) => {
  if (message.id) answers.get(message.id)(message.result ?? message);
  else if (message.method === "Page.loadEventFired") loaded();
  else if (message.method === "Page.javascriptDialogOpening") log.push(`dialog: ${message.params.message}`);
  else if (message.method === "Runtime.exceptionThrown") log.push(message.params.exceptionDetails.text);
  else if (message.method === "Network.requestWillBeSent" && !/^(file|data):/.test(message.params.request.url))
    log.push(`request: ${message.params.request.url}`);
};
// Messages end with a zero byte.
let rest = "";
browser.stdio[4].setEncoding("utf8").on("data", (text) => {
  const messages = (rest + text).split("\0");
  rest = messages.pop();
  for (const message of messages) receive(JSON.parse(message));
});
let session;
const call = (method, params = {}) => new Promise((resolve) => {
  answers.set(++calls, resolve);
  browser.stdio[3].write(JSON.stringify({ id: calls, method, params, sessionId: session }) + "\0");
});
const evaluate = async (expression) => (await call("Runtime.evaluate", { expression, returnByValue: true })).result.value;
const open = async (file) => {
  const done = new Promise((resolve) => { loaded = resolve; });
  await call("Page.navigate", { url: pathToFileURL(file).href });
  await done;
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 100));
const click = async (selector) => { await evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`); await settle(); };
const type = async (selector, text) => {
  await evaluate(`{ const i = document.querySelector(${JSON.stringify(selector)}); i.focus(); i.select(); }`);
  await call("Input.insertText", { text });
};
const visible = () => evaluate(`[...document.querySelectorAll("#index, main > article")].filter((e) => e.offsetParent).map((e) => e.id)`);

try {
  const { targetId } = await call("Target.createTarget", { url: "about:blank" });
  session = (await call("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  for (const domain of ["Page", "Runtime", "Network"]) await call(`${domain}.enable`);

  await open(many);
  check("the index is shown first", await visible(), ["index"]);
  const titles = await evaluate(`document.querySelectorAll(".list > li > a").length`);
  check("every article is listed", titles, await evaluate(`document.querySelectorAll("main > article").length`));
  await click(".list > li:nth-child(2) > a");
  check("a click opens an article, alone", await visible(), ["d2"]);
  check("the focus goes with it", await evaluate("document.activeElement.id"), "d2");
  await click("#d2 .around a:last-child");
  check("and the next one", await visible(), ["d3"]);
  await evaluate("history.back()"); await settle();
  check("back goes back", await visible(), ["d2"]);
  await click("#d2 .around a");
  check("and to the index", await visible(), ["index"]);

  await type("#by-speaker", "wierz");
  const listed = `[...document.querySelectorAll(".list > li")].filter((e) => e.offsetParent).length`;
  check("a speaker is searched", await evaluate(listed), 1);
  check("and what was found is said", /^1 article, \d+ quotation/.test(await evaluate(`document.getElementById("found").textContent`)), true);
  const quotation = await evaluate(`document.querySelector(".hits a").getAttribute("href")`);
  await click(".hits a");
  check("a quotation leads into its article", (await visible())[0], /^#(d\d+)/.exec(quotation)[1]);
  check("to its place", await evaluate(`document.querySelector(":target")?.classList.contains("quote")`), true);
  await evaluate(`location.hash = "#index"`); await settle();
  await type("#by-speaker", "nobody of this name");
  check("nobody is found", await evaluate(listed), 0);
  await type("#by-speaker", " ");
  await type("#by-name", "kenya");
  check("a name is searched", (await evaluate(listed)) >= 1 && (await evaluate(listed)) < titles, true);

  // A mention that occurs more than once.
  await evaluate(`location.hash = "#d1"`); await settle();
  const pair = `(() => { for (const a of document.querySelectorAll("#d1 .text a.name")) {
      const all = document.querySelectorAll('#d1 .text [data-e="' + a.dataset.e + '"]'); if (all.length > 1) { a.focus(); return all.length; } } })()`;
  const mentions = await evaluate(pair);
  check("the focus on a name lights all of its mentions", await evaluate(`document.querySelectorAll("#d1 .text a.lit").length`), mentions);
  await evaluate("document.activeElement.click()"); await settle();
  check("Enter on it leads to its entry", await evaluate(`document.querySelector(":target")?.tagName`), "LI");
  const shown = `getComputedStyle(document.querySelector("#d1 .by") ?? document.body).display`;
  await click("#show-speakers");
  check("speakers can be hidden", await evaluate(shown), "none");

  await open(hostile);
  await evaluate(`location.hash = "#d1"`); await settle();
  check("no script of an article runs", await evaluate("document.title"), "2 articles");
  check("nor makes elements", await evaluate(`document.querySelectorAll("main script, main img, main b, main iframe, [onmouseover], [onerror], [href^=javascript]").length`), 0);
  check("its markup is shown", (await evaluate(`document.querySelector("#d1 .text").innerText`)).includes("<script>document.title='owned'</script>"), true);
  check("its page holds together", await evaluate(`document.querySelectorAll("main > article").length`), 2);
  check("no dialog, no error, no request", log, []);
} finally {
  browser.kill();
  await new Promise((resolve) => browser.once("exit", resolve));
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
if (failed === 0) console.log("all well");
process.exit(failed ? 1 : 0);
