import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { Construct } from "constructs";

export interface EventNoticesProps {
  readonly name: string;
  readonly topicArn: string;
  readonly clusterIdentifier: string;
  readonly instanceIdentifiers: string[];
}

/** Sends what happens to the cluster and its instances to the alarm topic. */
export class EventNotices extends Construct {
  constructor(scope: Construct, id: string, props: EventNoticesProps) {
    super(scope, id);
    const { name, topicArn } = props;
    new DbEventSubscription(this, "cluster", {
      name: `${name}-cluster`,
      snsTopic: topicArn,
      sourceType: "db-cluster",
      sourceIds: [props.clusterIdentifier],
      eventCategories: ["failover", "failure", "maintenance", "notification"],
    });
    new DbEventSubscription(this, "instances", {
      name: `${name}-instances`,
      snsTopic: topicArn,
      sourceType: "db-instance",
      sourceIds: props.instanceIdentifiers,
      eventCategories: ["availability", "failure", "maintenance", "recovery"],
    });
  }
}
