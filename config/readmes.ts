import type { TableWords } from "./settings-table";

/** The documents that hold the settings table, each with the words of its language. */
export const readmes: Readonly<Record<string, TableWords>> = {
  "README.md": {
    headings: ["Setting", "Of kind", "Type", "Default", "Allowed", "Meaning"],
    required: "**required**",
    requiredIn: (group) => `required in ${group}`,
    none: "none",
  },
  "README.zh-CN.md": {
    headings: ["设置", "所属 kind", "类型", "默认值", "允许的值", "含义（英文）"],
    required: "**必填**",
    requiredIn: (group) => `在 ${group} 中必填`,
    none: "无",
  },
};
