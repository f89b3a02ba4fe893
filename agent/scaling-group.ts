import {
  AutoScalingClient,
  CompleteLifecycleActionCommand,
  SetInstanceHealthCommand,
} from "@aws-sdk/client-auto-scaling";
import type { BootDocument } from "../config/boot-document";
import { type Host, textOf } from "./host";
import { instanceId } from "./metadata";
import { retry, type RetryLimits } from "./retry";

type Send = (client: AutoScalingClient, abortSignal: AbortSignal) => Promise<unknown>;

const limits: RetryLimits = { giveUpAfterSeconds: 60, attemptSeconds: 8 };

/** What Auto Scaling says to a request that is wrong, and will be as wrong next time. */
const finalErrors = ["ValidationError"];

async function call(host: Host, region: string, what: string, send: Send): Promise<void> {
  const client = new AutoScalingClient({ region, maxAttempts: 1 });
  const isFinal = (error: unknown): boolean => finalErrors.includes(textOf(error, "name") ?? "");
  try {
    await retry(host, { what, run: (signal) => send(client, signal), isFinal }, limits);
  } finally {
    client.destroy();
  }
}

/** Lets the scaling group go on with the end of this node, which its termination hook has held up. */
export async function completeTermination(host: Host, document: BootDocument): Promise<void> {
  const command = new CompleteLifecycleActionCommand({
    AutoScalingGroupName: document.autoScalingGroup,
    LifecycleHookName: document.terminationHook,
    LifecycleActionResult: "CONTINUE",
    InstanceId: await instanceId(host),
  });
  await call(host, document.region, `hook ${document.terminationHook}`, (client, abortSignal) =>
    client.send(command, { abortSignal }),
  );
}

/** Has this node replaced. */
export async function declareUnhealthy(host: Host, region: string): Promise<void> {
  const command = new SetInstanceHealthCommand({
    InstanceId: await instanceId(host),
    HealthStatus: "Unhealthy",
    // What brought us here was tried for minutes: it does not get better within the grace period.
    ShouldRespectGracePeriod: false,
  });
  await call(host, region, "health of this node", (client, abortSignal) => client.send(command, { abortSignal }));
}
