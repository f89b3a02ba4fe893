import { cloudWatchAgentFile } from "../../../agent/cloudwatch-agent";
import { nodePaths } from "../../../pgpool/paths";
import { documentWith } from "../../support/boot-document";

const contentFor = (document: unknown): Record<string, unknown> | undefined => {
  const file = cloudWatchAgentFile(nodePaths("/"), document);
  return file === undefined ? undefined : (JSON.parse(file.content) as Record<string, unknown>);
};

test("sends the node's log to the group of the boot document, one stream for each node", () => {
  expect(contentFor(documentWith())).toMatchObject({
    agent: { region: "eu-west-1" },
    logs: {
      logs_collected: {
        files: {
          collect_list: [
            {
              file_path: "/var/log/pgpool-aurora/node.log",
              log_group_name: "/pgpool-aurora/test/nodes",
              log_stream_name: "{instance_id}",
            },
          ],
        },
      },
    },
  });
});

test("publishes under the namespace that the node's role allows, without asking EC2 for the group", () => {
  const content = contentFor(documentWith());
  expect(content?.metrics).toMatchObject({ namespace: "pgpool-aurora/test" });
  expect(JSON.stringify(content)).toContain('"append_dimensions":{"AutoScalingGroupName":"test-pgpool"}');
  expect(JSON.stringify(content)).not.toContain("${aws:");
});

test("knows where logs go although the rest of the document is refused, so that the reason gets there", () => {
  const content = contentFor({ region: "eu-west-1", logGroup: "/nodes", nonsense: true });
  expect(content).toHaveProperty("logs");
  expect(content).not.toHaveProperty("metrics");
});

test.each([{}, null, "text", { region: "eu-west-1" }, { region: "eu-west-1", logGroup: 'a"b' }])(
  "writes nothing when %j does not say where logs go",
  (document) => {
    expect(contentFor(document)).toBeUndefined();
  },
);
