import { parseHealthUser } from "../../../agent/health-user";

const secret = (value: unknown): string => JSON.stringify(value);
const refusal = (text: string | undefined): string => {
  try {
    parseHealthUser("secret x", text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was accepted");
};

test.each(["plain", "it's", 'a"b$c#d=e\\f', "blä 密码 🔑", " space ", "x".repeat(127)])(
  "takes the password %j",
  (password) => {
    expect(parseHealthUser("secret x", secret({ username: "health", password }))).toEqual({
      username: "health",
      password,
    });
  },
);

test("ignores what else the secret holds: Secrets Manager puts host and engine into some", () => {
  const text = secret({ username: "health", password: "p", host: "h", port: 5432 });
  expect(parseHealthUser("secret x", text)).toEqual({ username: "health", password: "p" });
});

test("never repeats a secret that is no JSON, as the parser's own message does", () => {
  expect(refusal("hunter2")).toBe("secret x is no JSON with username and password");
  expect(refusal(undefined)).toBe("secret x is no JSON with username and password");
});

test.each([
  [{ username: "health" }, "secret x: password is missing or no text"],
  [{ username: "health", password: 7 }, "secret x: password is missing or no text"],
  [{ username: "health", password: "" }, "secret x: password is empty"],
  [{ password: "hunter2" }, "secret x: username is missing or no text"],
  [{ username: 'a"b', password: "hunter2" }, "secret x: username must be 1 to 63 letters"],
  [{ username: "health", password: "hunter2\n" }, "secret x: password has a line break"],
  [{ username: "health", password: "hunter2\u0000" }, "secret x: password has a line break"],
  [{ username: "health", password: "hunter2".repeat(20) }, "secret x: password has more than 127 bytes"],
])("says what is wrong with %j, and nothing of its value", (value, message) => {
  expect(refusal(secret(value))).toContain(message);
  expect(refusal(secret(value))).not.toContain("hunter2");
});

test("lists everything that is wrong", () => {
  expect(refusal("{}")).toBe("secret x: username is missing or no text; password is missing or no text");
});
