import { setTimeout as sleep } from "node:timers/promises";
import { ExecuteStatementCommand, type Field, type RDSDataClient } from "@aws-sdk/client-rds-data";
import { isCalled } from "./aws-errors";

/** How often, and how many seconds apart, a database is asked that resumes from a pause: it takes less than half of it. */
const resume = { attempts: 20, seconds: 2 };

/** Runs statements on a cluster's writer, over HTTPS: nobody has to be in its network. */
export class DataApi {
  constructor(
    private readonly client: RDSDataClient,
    private readonly clusterArn: string,
    /** The secret of the user whom it logs in as. */
    private readonly secretArn: string,
  ) {}

  /** The same database for another user. */
  as(secretArn: string): DataApi {
    return new DataApi(this.client, this.clusterArn, secretArn);
  }

  /**
   * Runs one statement.
   *
   * @param sql - A colon in it begins the name of a parameter.
   * @returns the rows.
   */
  async run(sql: string, parameters: Readonly<Record<string, string>> = {}): Promise<Field[][]> {
    const command = new ExecuteStatementCommand({
      resourceArn: this.clusterArn,
      secretArn: this.secretArn,
      database: "postgres",
      sql,
      parameters: Object.entries(parameters).map(([name, stringValue]) => ({ name, value: { stringValue } })),
    });
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.client.send(command)).records ?? [];
      } catch (error) {
        if (!isCalled(error, "DatabaseResumingException") || attempt === resume.attempts) throw error;
        if (attempt === 1) console.log("  the database resumes from a pause: waiting for it");
        await sleep(resume.seconds * 1000);
      }
    }
  }
}
