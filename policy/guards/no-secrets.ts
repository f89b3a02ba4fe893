import { type Literal, literals, resources } from "../blocks";
import { type Guard, resource } from "../guard";
import { knownForms, secretArgument } from "../secret-forms";

/** Resources that keep a secret's value in the state. */
const holders = ["aws_secretsmanager_secret_version", "aws_iam_access_key", "random_password", "tls_private_key"];

/** Long words that mix letters and digits as nobody writes them: keys, tokens, hashes. */
function looksRandom(text: string): boolean {
  const words = text.match(/[A-Za-z0-9+/=]{20,}/g) ?? [];
  return words.some((word) => isHex(word) || isSecretKey(word) || changesOfKind(word) > word.length * 0.4);
}
const isHex = (word: string): boolean => /^(?=.*\d)(?=.*[a-f])[0-9a-f]{32,}$/i.test(word);

/** Secret access keys have forty letters; so many of one word, mixed with digits, are hardly anything else. */
const isSecretKey = (word: string): boolean => /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z]).{40}$/.test(word);

/** How often a word changes between upper case, lower case and digits. */
function changesOfKind(word: string): number {
  const kinds = Array.from(word, (letter) => (/\d/.test(letter) ? "0" : /[A-Z]/.test(letter) ? "A" : "a"));
  return kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
}

function isSecret({ path, text }: Literal): boolean {
  return knownForms.test(text) || looksRandom(text) || (secretArgument.test(path) && !text.includes("${"));
}

const cluster = (changes: object) => ({ json: resource("aws_rds_cluster", { example: changes }) });
const userData = (text: string) => ({ json: resource("aws_launch_template", { example: { user_data: text } }) });

export const noSecrets: Guard = {
  rule: "no secret is a value anywhere",
  violations: ({ json }) => [
    ...resources(json, ...holders).map(({ address }) => `${address} keeps a secret in the state`),
    ...literals(json)
      .filter(isSecret)
      .map(({ path }) => `${path} looks like a secret`),
  ],
  accepts: {
    "a password that RDS keeps": cluster({ manage_master_user_password: true, master_username: "pgpool_admin" }),
    "the ARN of a secret": userData('${jsonencode({"secretArn" = data.terraform_remote_state.x.outputs.secret_arn})}'),
    "long names": cluster({ arn: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup" }),
    "the id of a logical resource": userData("${aws_lb.endpoint_load-balancer_8633A16A.dns_name}"),
  },
  refuses: {
    "a password": cluster({ master_password: "correct horse" }),
    "a secret's version": { json: resource("aws_secretsmanager_secret_version", { example: {} }) },
    "a password made by Terraform": { json: resource("random_password", { example: { length: 20 } }) },
    "an access key of AWS": userData("export KEY=AKIAIOSFODNN7EXAMPLE"),
    "a private key": userData("-----BEGIN RSA PRIVATE KEY-----"),
    "a random token": userData("curl -H 'X-Api: 9fQz7LmX2cVt8RbN4wKj6HsD'"),
    "a secret key of AWS": userData("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    "a hash": userData("app:d41d8cd98f00b204e9800998ecf8427e"),
  },
};
