// A picture of a review as a comment shows it: node scripts/plan-picture.mjs <plan.md> <picture.png>
//
// It needs chromium (Debian: chromium, fonts-noto-color-emoji). GitHub's own style sheet is not used: only its colours.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import MarkdownIt from "markdown-it";

const width = 920;
const style = `
  body { margin: 24px; font: 14px/1.5 "DejaVu Sans", sans-serif; color: #1f2328; background: white }
  h2, h4 { margin: 16px 0 8px } h2 { border-bottom: 1px solid #d1d9e0 } details { margin: 16px 0 }
  code, pre { font: 12px "DejaVu Sans Mono", monospace; background: #f6f8fa } code { padding: 2px 4px; border-radius: 4px }
  pre { padding: 8px 12px; border-radius: 6px } pre span { display: block } pre code { padding: 0 }
  .plus { background: #dafbe1 } .minus { background: #ffebe9 }
  table { border-collapse: collapse } th, td { border: 1px solid #d1d9e0; padding: 4px 12px }
  blockquote { margin: 16px 0; padding: 2px 16px; border-left: 4px solid #d1d9e0 }
  .caution { border-color: #cf222e } .warning { border-color: #9a6700 } .note { border-color: #0969da }
  .caution b:first-child { color: #cf222e } .warning b:first-child { color: #9a6700 } .note b:first-child { color: #0969da }`;

const markdown = new MarkdownIt({
  html: true,
  highlight: (text, language) => {
    const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    if (language !== "diff") return escaped;
    const kind = (line) => (line.startsWith("+") ? "plus" : line.startsWith("-") ? "minus" : "");
    return escaped
      .trimEnd()
      .split("\n")
      .map((line) => `<span class="${kind(line)}">${line === "" ? " " : line}</span>`)
      .join("");
  },
});

/** The page: sections open, alerts in their colours, and its own height as the title. */
function page(text) {
  const body = markdown
    .render(text)
    .replaceAll("<details>", "<details open>")
    .replaceAll(/<blockquote>\n<p>\[!(\w+)\]/g, (_, kind) => {
      const name = kind.toLowerCase();
      return `<blockquote class="${name}"><p><b>${name[0].toUpperCase()}${name.slice(1)}</b><br>`;
    });
  const measure = "document.title = document.documentElement.scrollHeight";
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>${body}<script>${measure}</script>`;
}

const [source, target] = process.argv.slice(2);
if (target === undefined) {
  console.error("usage: node scripts/plan-picture.mjs <plan.md> <picture.png>");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "plan-picture-"));
try {
  const file = join(folder, "page.html");
  writeFileSync(file, page(readFileSync(source, "utf8")));
  const chromium = (...options) =>
    execFileSync(
      "chromium",
      [
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        `--user-data-dir=${join(folder, "profile")}`,
        ...options,
        pathToFileURL(file).href,
      ],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    );
  const [, height] = /<title>(\d+)<\/title>/.exec(chromium(`--window-size=${width},100`, "--dump-dom")) ?? [];
  chromium(`--window-size=${width},${height}`, `--screenshot=${resolve(target)}`);
  console.log(target);
} finally {
  rmSync(folder, { recursive: true });
}
