import type { AttributeReport, ResourceReport } from "../report";
import { code, counted, fenced, shortened } from "./inline";

/** One resource: its arguments side by side, its documents line by line, the rest in one line. */
export function resourceSection(resource: ResourceReport, valueLimit: number): string {
  const { address, action, attributes, documents } = resource;
  const parts = [
    `#### ${action} ${code(address)}`,
    ...(attributes.length === 0 ? [] : [table(attributes, action === "create", valueLimit)]),
    ...documents.map(({ title, lines }) => `${code(title)}\n\n${fenced("diff", lines)}`),
    ...noise(resource),
  ];
  return parts.join("\n\n");
}

function table(attributes: readonly AttributeReport[], isNew: boolean, limit: number): string {
  const cell = (value: string | null) => (value === null ? "" : code(shortened(value, limit)));
  const rows = attributes.map(({ path, before, after, forcesReplacement }) => {
    const name = `${code(path)}${forcesReplacement ? " **forces replacement**" : ""}`;
    return isNew ? `| ${name} | ${cell(after)} |` : `| ${name} | ${cell(before)} | ${cell(after)} |`;
  });
  const head = isNew
    ? ["| argument | value |", "| --- | --- |"]
    : ["| argument | before | after |", "| --- | --- | --- |"];
  return [...head, ...rows].join("\n");
}

/** Names that are told of tags and computed values; the others are counted. */
const told = 8;

function noise({ tags, computed }: ResourceReport): string[] {
  const names = (all: readonly string[]) =>
    `${all.slice(0, told).map(code).join(", ")}${all.length > told ? ", …" : ""}`;
  const parts = [
    ...(tags.length === 0 ? [] : [`${counted(tags.length, "tag")}: ${names(tags)}`]),
    ...(computed.length === 0 ? [] : [`${counted(computed.length, "value")} known after apply: ${names(computed)}`]),
  ];
  return parts.length === 0 ? [] : [parts.join("; ")];
}
