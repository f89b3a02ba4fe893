import { createPrivateKey, X509Certificate } from "node:crypto";
import { isUsable, selfSigned } from "../../../agent/certificate";

const now = new Date("2026-03-01T12:00:00Z");
const made = selfSigned("pgpool-aurora-test", now);
const parsed = new X509Certificate(made.certificate);

test("signs its own certificate with the key that comes with it", () => {
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(parsed.checkPrivateKey(createPrivateKey(made.key))).toBe(true);
  expect(parsed.checkHost("pgpool-aurora-test")).toBe("pgpool-aurora-test");
  expect(parsed.checkHost("other")).toBeUndefined();
});

test("is for TLS servers and no authority, for longer than a node lives", () => {
  expect(parsed.ca).toBe(false);
  expect(parsed.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  expect(parsed.validFrom).toBe("Feb 28 12:00:00 2026 GMT");
  expect(parsed.validTo).toBe("Feb 27 12:00:00 2036 GMT");
});

test("gives each node its own key and serial number", () => {
  const other = selfSigned("pgpool-aurora-test", now);
  expect(other.key).not.toBe(made.key);
  expect(new X509Certificate(other.certificate).serialNumber).not.toBe(parsed.serialNumber);
});

test("makes certificates that can be read, whatever bytes chance brings", () => {
  for (let count = 0; count < 300; count += 1) {
    const certificate = new X509Certificate(selfSigned("x".repeat(1 + (count % 60)), now).certificate);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  }
});

test("is used again only with its key, under its name, and for another month", () => {
  const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
  expect(isUsable(made, "pgpool-aurora-test", now)).toBe(true);
  expect(isUsable(made, "pgpool-aurora-other", now)).toBe(false);
  expect(isUsable({ ...made, key: selfSigned("pgpool-aurora-test", now).key }, "pgpool-aurora-test", now)).toBe(false);
  expect(isUsable(made, "pgpool-aurora-test", later(3619))).toBe(true);
  expect(isUsable(made, "pgpool-aurora-test", later(3621))).toBe(false);
  expect(isUsable({ certificate: "", key: "" }, "pgpool-aurora-test", now)).toBe(false);
});
