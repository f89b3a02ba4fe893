import { withTable } from "./document-table";
import { settingsTable, type TableWords } from "./settings-table";
import { sizingTable, type SizingWords } from "./sizing-table";

/** The words of a language. */
interface Words {
  readonly settings: TableWords;
  readonly sizing: SizingWords;
}

/** The documents that hold the generated tables. */
export const readmes: Readonly<Record<string, Words>> = {
  "README.md": {
    settings: {
      headings: ["Setting", "Of kind", "Type", "Default", "Allowed", "Meaning"],
      required: "**required**",
      requiredIn: (group) => `required in ${group}`,
      none: "none",
    },
    sizing: {
      database: "Database",
      connections: "Connections, about",
      nodes: (count) => `maxCapacity: ${count}`,
      nodeType: "Node",
      memory: "GiB",
      clients: "Clients that fit",
    },
  },
  "README.zh-CN.md": {
    settings: {
      headings: ["设置", "所属 kind", "类型", "默认值", "允许的值", "含义（英文）"],
      required: "**必填**",
      requiredIn: (group) => `在 ${group} 中必填`,
      none: "无",
    },
    sizing: {
      database: "数据库",
      connections: "连接数（约）",
      nodes: (count) => `maxCapacity: ${count}`,
      nodeType: "节点",
      memory: "GiB",
      clients: "可容纳的客户端",
    },
  },
};

/** A document with all of its generated tables as they have to be. */
export function withTables(document: string, { settings, sizing }: Words): string {
  return withTable(withTable(document, "settings", settingsTable(settings)), "sizes", sizingTable(sizing));
}
