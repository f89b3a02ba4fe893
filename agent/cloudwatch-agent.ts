import * as z from "zod";
import { bootDocumentSchema } from "../config/boot-document";
import type { NodePaths } from "../pgpool/paths";
import type { NodeFile } from "./write-files";
import { root } from "./users";

/** The part of the boot document that logs need: read on its own, so that a refusal of the rest can be reported. */
const logDestination = z.object(bootDocumentSchema.pick({ region: true, logGroup: true }).shape);
const metricsDestination = z.object(bootDocumentSchema.pick({ metricsNamespace: true, autoScalingGroup: true }).shape);

/**
 * Configuration of the CloudWatch agent: the log of our units, and memory and disk, which EC2 does not measure.
 *
 * @returns undefined when the document does not even say where logs go.
 */
export function cloudWatchAgentFile(paths: NodePaths, document: unknown): NodeFile | undefined {
  const logs = logDestination.safeParse(document);
  if (!logs.success) return undefined;
  const metrics = metricsDestination.safeParse(document);
  const content = {
    agent: { region: logs.data.region, metrics_collection_interval: 60, omit_hostname: true },
    logs: {
      logs_collected: {
        files: {
          collect_list: [
            {
              file_path: paths.log,
              log_group_name: logs.data.logGroup,
              log_stream_name: "{instance_id}",
              timestamp_format: "%Y-%m-%dT%H:%M:%S%z",
              timezone: "UTC",
            },
          ],
        },
      },
    },
    ...(metrics.success ? { metrics: metricsSection(metrics.data) } : {}),
  };
  return { path: paths.cloudWatchAgent, content: `${JSON.stringify(content, null, 2)}\n`, owner: root, mode: 0o644 };
}

function metricsSection({ metricsNamespace, autoScalingGroup }: z.output<typeof metricsDestination>): object {
  // Written out, since the agent's own look-up of the group needs a permission that nodes do not have.
  const dimensions = { append_dimensions: { AutoScalingGroupName: autoScalingGroup } };
  return {
    namespace: metricsNamespace,
    metrics_collected: {
      mem: { measurement: ["used_percent"], ...dimensions },
      disk: { measurement: ["used_percent"], resources: ["/"], drop_device: true, ...dimensions },
    },
  };
}
