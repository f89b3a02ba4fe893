const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testEnvironment: "node",
  testMatch,
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json", diagnostics: false }] },
  ...more,
});

/** `unit` needs Node only; each other project needs the real tools that its README section names. */
module.exports = {
  // Against a test that never ends; none is a test of speed, and a busy machine may be slow. (In a project it is ignored.)
  testTimeout: 60_000,
  projects: [
    project("unit", ["**/__tests__/unit/**/*.test.ts"]),
    project("shell", ["**/__tests__/shell/**/*.test.ts"]),
    project("boot", ["**/__tests__/boot/**/*.test.ts"], { globalSetup: "./__tests__/boot/support/require-tools.ts" }),
    project("runtime", ["**/__tests__/runtime/**/*.test.ts"]),
    project("image", ["**/__tests__/image/**/*.test.ts"]),
    project("policy", ["**/__tests__/policy/**/*.test.ts"]),
    project("validate", ["**/__tests__/validate/**/*.test.ts"]),
    project("plan", ["**/__tests__/plan/**/*.test.ts"]),
    project("deploy", ["**/__tests__/deploy/**/*.test.ts"]),
  ],
};
