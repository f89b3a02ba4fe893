import { resources, textOf, texts } from "../blocks";
import { type Guard, resource } from "../guard";

const topic = "${aws_sns_topic.alarm-topic_topic_1A2B3C4D.arn}";
const alarm = (changes: object) => ({
  json: resource("aws_cloudwatch_metric_alarm", {
    example: {
      alarm_actions: [topic],
      ok_actions: [topic],
      alarm_description: "What it means, and what to do.",
      ...changes,
    },
  }),
});

export const alarmsAreHeard: Guard = {
  rule: "each alarm tells somebody when it begins and ends, and what it means",
  violations: ({ json }) =>
    resources(json, "aws_cloudwatch_metric_alarm").flatMap(({ address, block }) => [
      ...["alarm_actions", "ok_actions"]
        .filter((when) => texts(block, when).length === 0)
        .map((when) => `${address} has no ${when}`),
      ...(textOf(block, "alarm_description").includes(" ") ? [] : [`${address} does not say what it means`]),
      ...(block.actions_enabled === false ? [`${address} is silent`] : []),
    ]),
  accepts: { "an alarm with all of it": alarm({}) },
  refuses: {
    "no action": alarm({ alarm_actions: [] }),
    "no word at its end": alarm({ ok_actions: undefined }),
    "no description": alarm({ alarm_description: undefined }),
    "actions that are switched off": alarm({ actions_enabled: false }),
  },
};
