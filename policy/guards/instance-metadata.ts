import { nested, resources } from "../blocks";
import { type Guard, resource } from "../guard";

const template = (metadata_options?: object) => resource("aws_launch_template", { example: { metadata_options } });

export const instanceMetadata: Guard = {
  rule: "instance metadata needs a token (IMDSv2), and answers the node itself only",
  violations: ({ json }) =>
    resources(json, "aws_launch_template").flatMap(({ address, block }) => {
      const [options = {}] = nested(block, "metadata_options");
      return [
        ...(options.http_tokens === "required" ? [] : [`${address} answers without a token`]),
        ...(options.http_put_response_hop_limit === 1 ? [] : [`${address} answers over more than one hop`]),
      ];
    }),
  accepts: {
    "token and one hop": { json: template({ http_tokens: "required", http_put_response_hop_limit: 1 }) },
  },
  refuses: {
    "no need of a token": { json: template({ http_tokens: "optional", http_put_response_hop_limit: 1 }) },
    "AWS's default token": { json: template({ http_put_response_hop_limit: 1 }) },
    "two hops": { json: template({ http_tokens: "required", http_put_response_hop_limit: 2 }) },
    "AWS's default hops": { json: template({ http_tokens: "required" }) },
  },
};
