import { createHash, createHmac } from "node:crypto";
import { scramVerifier } from "../../../commands/scram";

/** The exchange of RFC 7677, section 3: user "user", password "pencil". */
const salt = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
const nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
const exchange = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=${salt.toString("base64")},i=4096,c=biws,r=${nonce}`;
const clientProof = Buffer.from("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "base64");
const serverSignature = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

const form = /^SCRAM-SHA-256\$4096:W22ZaJ0SNY7soEsUEjb6gQ==\$([\w+/=]{44}):([\w+/=]{44})$/;
const keys = (form.exec(scramVerifier("pencil", salt)) ?? []).slice(1).map((key) => Buffer.from(key, "base64"));
const [storedKey = Buffer.alloc(0), serverKey = Buffer.alloc(0)] = keys;

test("lets a server recognize the client of RFC 7677", () => {
  const signature = createHmac("sha256", storedKey).update(exchange).digest();
  const clientKey = clientProof.map((byte, index) => byte ^ (signature[index] ?? 0));
  expect(createHash("sha256").update(clientKey).digest("base64")).toBe(storedKey.toString("base64"));
});

test("lets it sign as the server of RFC 7677 does", () => {
  expect(createHmac("sha256", serverKey).update(exchange).digest("base64")).toBe(serverSignature);
});

test.each(["", "blä", "new\nline"])(
  "refuses %j, which would have to be normalized, without repeating it",
  (password) => {
    expect(() => scramVerifier(password, salt)).toThrow(/^the password has a character other than printable ASCII$/);
  },
);
