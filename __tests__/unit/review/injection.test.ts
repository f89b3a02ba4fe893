import MarkdownIt, { type Token } from "markdown-it";
import { renderComment } from "../../../review/markdown/comment";
import { code, fenced } from "../../../review/markdown/inline";
import { created, type Entry } from "./support/plans";
import { reportOn } from "./support/reports";

const hostile = [
  "`code` ``more``` ",
  "a | b | c",
  "\\| \\` \\",
  "line\nbreak\r\n## heading\n- list",
  "<script>alert(1)</script></details><img src=x onerror=alert(1)>",
  "<!-- pgpool-aurora plan: other -->",
  "@everyone #1 https://evil.example www.evil.example",
  "![image](https://evil.example/x.png) [link](javascript:alert(1))",
  "```\n@everyone\n```",
  "~~~\n> [!TIP]\n> trust me",
  "safe\u202eevil\u2066",
  "&lt;b&gt; &#64;everyone",
];

const reader = new MarkdownIt({ html: true, linkify: true });

/** What Markdown reads: every token, those inside of lines too. */
const tokensOf = (markdown: string): Token[] =>
  reader.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);

/** The form of a text without its words; entities inside of HTML are words. */
const shapeOf = (markdown: string): string[] =>
  tokensOf(markdown)
    .filter(({ type }) => !["text", "text_special", "code_inline", "inline"].includes(type))
    .map(({ type, content }) => (type.startsWith("html") ? content.replace(/&#\d+;|\w+/g, "").trim() : type))
    .filter((shape) => shape !== "html_inline" && !["<>", "</>"].includes(shape));

const withValue = (value: string): Entry => {
  const change = created("aws_lb", {
    internal: false,
    name: value,
    text: `${value}\nsecond line`,
    [value]: 1,
    list: [value],
  });
  return { ...change, address: `aws_lb.example[${JSON.stringify(value)}]` };
};
const commentOn = (value: string): string => {
  const entry = withValue(value);
  const acknowledgement = {
    environment: "production",
    address: entry.address,
    danger: "public-exposure",
    reason: value,
    expires: "2027-01-01",
  } as const;
  const policy = { violations: [value], checkov: { kind: "ran", passed: 1, findings: [value] } } as const;
  return renderComment(
    reportOn([entry], { acknowledgements: [acknowledgement, { ...acknowledgement, address: value }], policy }),
  );
};

test.each(hostile)("%j in every place makes nothing but text", (value) => {
  // A value of several lines is compared by lines, a harmless one too.
  const harmless = value.includes("\n") ? "harm\nless" : "harmless";
  expect(shapeOf(commentOn(value))).toEqual(shapeOf(commentOn(harmless)));
});

/** A value as a reader sees it: on one line, and what nobody would see as its number. */
const seen = (value: string): string =>
  value.replace(/\r?\n/g, "⏎").replace(/[\u202e\u2066]/g, (one) => `\\u{${one.charCodeAt(0).toString(16)}}`);
const unescaped = (html: string): string =>
  html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

test.each(hostile)("%j is one cell of code that shows exactly it", (value) => {
  const [, cell = ""] = /<td>([\s\S]*)<\/td>/.exec(reader.render(`| a |\n| --- |\n| ${code(value)} |`)) ?? [];
  const [, text = ""] = /^<code>([^<]*)<\/code>$/.exec(cell) ?? [];
  expect(unescaped(text)).toBe(seen(value));
});

test.each(hostile)("%j mentions nobody: GitHub looks for an @ outside of code only", (value) => {
  const outside = reader.render(commentOn(value)).replace(/<(code|pre)\b[\s\S]*?<\/\1>/g, "");
  expect(outside).not.toContain("@");
});

test("a fence is longer than any inside", () => {
  expect(fenced("diff", ["+````", "text"])).toBe("`````diff\n+````\ntext\n`````");
});

test("characters that turn the text around are shown as numbers", () => {
  expect(code("a\u202eb")).toContain("u&#123;202e&#125;");
});
