import { generateKeyPairSync } from "node:crypto";
import { selfSigned } from "../../../agent/certificate";
import { parseGivenCertificate } from "../../../agent/given-certificate";

const now = new Date("2026-03-01T12:00:00Z");
const own = selfSigned("db.example.com", now);
const authority = selfSigned("authority", now);
const given = { certificate: own.certificate, privateKey: own.key };
const refusal = (value: unknown, at = now): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  try {
    parseGivenCertificate("secret x", text, at);
  } catch (error) {
    return (error as Error).message;
  }
  return "not refused";
};
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);

test("takes a certificate with its key, and the chain behind it", () => {
  expect(parseGivenCertificate("secret x", JSON.stringify(given), now)).toEqual(own);
  const chain = `${own.certificate}\n${authority.certificate}`;
  expect(parseGivenCertificate("secret x", JSON.stringify({ ...given, certificate: chain }), now).certificate).toBe(
    chain,
  );
});

test("does not mind blank lines around, which differ between the ways a secret is written", () => {
  const padded = { certificate: `\n${own.certificate}\n\n`, privateKey: own.key.trim() };
  expect(parseGivenCertificate("secret x", JSON.stringify(padded), now)).toEqual(own);
});

const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
test.each<[string, unknown, string]>([
  ["no JSON", own.key, "it is no JSON with certificate and privateKey"],
  ["a list", [given], "it is no JSON with certificate and privateKey"],
  ["neither", {}, "certificate is missing or no text; privateKey is missing or no text"],
  ["an empty key", { ...given, privateKey: "" }, "privateKey is empty"],
  ["no PEM", { ...given, certificate: "MIIB" }, "certificate is no PEM certificate, or one of its chain is not"],
  [
    "a damaged chain",
    { ...given, certificate: `${own.certificate}${authority.certificate.replace("M", "")}` },
    "certificate is no PEM certificate, or one of its chain is not",
  ],
  [
    "a key with a passphrase",
    { ...given, privateKey: rsa.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "x" }) },
    "privateKey is no PEM key, or one with a passphrase",
  ],
  ["another one's key", { ...given, privateKey: authority.key }, "privateKey is not that of the first certificate"],
  [
    "the chain first",
    { ...given, certificate: `${authority.certificate}${own.certificate}` },
    "privateKey is not that of the first certificate",
  ],
])("refuses %s, and says nothing of it", (_, value, why) => {
  const message = refusal(value);
  expect(message).toBe(`secret x: ${why}`);
  expect(message).not.toContain(own.key.slice(60, 80));
});

test("refuses one that has expired, and one of the future", () => {
  expect(refusal(given, later(3649))).toBe("not refused");
  expect(refusal(given, later(3651))).toMatch(
    /^secret x: the certificate has expired: it was valid to Feb 27 .* 2036 GMT$/,
  );
  expect(refusal(given, later(-2))).toMatch(/^secret x: the certificate is not valid yet: from Feb 28/);
});
