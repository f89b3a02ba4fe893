import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { Refusal } from "./report-error";

/** A user's name and password, as the secret holds them. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** One version of the secret. */
export interface Version extends Login {
  readonly id: string;
}

/** The two versions that matter: the one that nodes read, and the one that a run has begun with and not finished. */
export interface Versions {
  readonly current: Version | undefined;
  readonly pending: Version | undefined;
}

/**
 * The health user's secret. A new password is staged (AWSPENDING) before the database learns of it and promoted
 * (AWSCURRENT) afterwards, as Secrets Manager's own rotations do: a run that ended in between can be finished.
 */
export class HealthSecret {
  constructor(
    private readonly client: SecretsManagerClient,
    readonly arn: string,
  ) {}

  async versions(): Promise<Versions> {
    const { VersionIdsToStages: stages = {} } = await this.client.send(
      new DescribeSecretCommand({ SecretId: this.arn }),
    );
    const at = async (stage: string): Promise<Version | undefined> => {
      const id = Object.keys(stages).find((version) => stages[version]?.includes(stage));
      return id === undefined ? undefined : { id, ...(await this.read(id)) };
    };
    return { current: await at("AWSCURRENT"), pending: await at("AWSPENDING") };
  }

  /** Keeps a login as the pending version. */
  async stage(login: Login): Promise<Version> {
    const SecretString = JSON.stringify(login);
    const command = new PutSecretValueCommand({ SecretId: this.arn, SecretString, VersionStages: ["AWSPENDING"] });
    const { VersionId: id = "" } = await this.client.send(command);
    return { id, ...login };
  }

  /** Makes the pending version the one that nodes read. */
  async promote({ id }: Version): Promise<void> {
    // Asked again: the first version of all may be current from the start.
    const { current } = await this.versions();
    const move = async (VersionStage: string, to: string | undefined, from: string | undefined): Promise<void> => {
      const versions = { MoveToVersionId: to, RemoveFromVersionId: from };
      await this.client.send(new UpdateSecretVersionStageCommand({ SecretId: this.arn, VersionStage, ...versions }));
    };
    if (current?.id !== id) await move("AWSCURRENT", id, current?.id);
    await move("AWSPENDING", undefined, id);
  }

  private async read(VersionId: string): Promise<Login> {
    const { SecretString } = await this.client.send(new GetSecretValueCommand({ SecretId: this.arn, VersionId }));
    const login = parse(SecretString);
    if (typeof login?.username === "string" && typeof login.password === "string") return login as Login;
    // Not a word of what it holds.
    throw new Refusal(`the secret ${this.arn} holds no username and password: remove that version, or the secret`);
  }
}

function parse(text: string | undefined): Partial<Login> | undefined {
  try {
    return JSON.parse(text ?? "") as Partial<Login>;
  } catch {
    return undefined;
  }
}
