import js from "@eslint/js";
import tseslint from "typescript-eslint";

const wholeProviders = ["@cdktf/provider-aws", "@cdktf/provider-random"].map((name) => ({
  name,
  message: `import the resource from ${name}/lib/<resource>: the whole provider costs seconds and 500 MB`,
}));

const environmentRule = {
  object: "process",
  property: "env",
  message: "only main.ts, agent/main.ts and commands/ read the environment",
};

/** The import rule of a folder: never a whole provider, never one of the layers above. */
const imports = (...above) => ({
  "no-restricted-imports": [
    "error",
    {
      paths: wholeProviders,
      patterns: above.map((layer) => ({ group: [`**/${layer}/**`], message: `this folder may not know of ${layer}/` })),
    },
  ],
});

export default tseslint.config(
  { ignores: ["node_modules", "cdktf.out", "coverage", "packer/build", "*.js", "**/*.mjs"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      ...imports(),
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-restricted-properties": ["error", environmentRule],
      "max-lines": ["error", { max: 160, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["main.ts", "agent/main.ts", "commands/**", "bench/**", "lab/**", "__tests__/**"],
    rules: { "no-restricted-properties": "off" },
  },
  { files: ["__tests__/**"], rules: { "max-lines": "off" } },
  {
    files: ["render/**"],
    rules: imports("config", "contracts", "constructs", "stacks", "commands", "packer", "agent"),
  },
  { files: ["config/**"], rules: imports("contracts", "constructs", "stacks", "commands", "packer", "agent") },
  { files: ["packer/**"], rules: imports("contracts", "constructs", "stacks", "commands", "agent") },
  { files: ["pgpool/**"], rules: imports("contracts", "constructs", "stacks", "commands", "packer", "agent") },
  { files: ["agent/**"], rules: imports("contracts", "constructs", "stacks", "commands", "packer") },
  { files: ["lab/**"], rules: imports("contracts", "constructs", "stacks", "commands", "packer", "__tests__") },
  { files: ["contracts/**"], rules: imports("constructs", "stacks", "commands", "review") },
  { files: ["policy/**"], rules: imports("contracts", "constructs", "stacks", "commands", "review", "agent") },
  { files: ["review/**"], rules: imports("contracts", "constructs", "stacks", "commands", "packer", "agent", "lab") },
  { files: ["constructs/**"], rules: imports("contracts", "stacks", "commands", "environments", "rules", "review") },
  { files: ["stacks/**"], rules: imports("commands", "review") },
);
