import type { Guard } from "./guard";
import { alarmsAreHeard } from "./guards/alarms-are-heard";
import { closedToTheWorld } from "./guards/closed-to-the-world";
import { declaredReadsOnly } from "./guards/declared-reads-only";
import { deletionProtected } from "./guards/deletion-protected";
import { encrypted } from "./guards/encrypted";
import { instanceMetadata } from "./guards/instance-metadata";
import { keysRotate } from "./guards/keys-rotate";
import { leastPrivilege } from "./guards/least-privilege";
import { lockedState } from "./guards/locked-state";
import { narrowRules } from "./guards/narrow-rules";
import { noPublicAddresses } from "./guards/no-public-addresses";
import { noSecrets } from "./guards/no-secrets";
import { oneWayOut } from "./guards/one-way-out";
import { ownPartition } from "./guards/own-partition";
import { plainDescriptions } from "./guards/plain-descriptions";
import { ruleResourcesOnly } from "./guards/rule-resources-only";
import { sameEverywhere } from "./guards/same-everywhere";
import { tagged } from "./guards/tagged";
import { trustedService } from "./guards/trusted-service";
import { trustedWorkflow } from "./guards/trusted-workflow";

/** Every rule that each stack of each environment keeps. */
export const guards: readonly Guard[] = [
  closedToTheWorld,
  oneWayOut,
  ruleResourcesOnly,
  narrowRules,
  plainDescriptions,
  noPublicAddresses,
  instanceMetadata,
  encrypted,
  keysRotate,
  noSecrets,
  leastPrivilege,
  trustedService,
  trustedWorkflow,
  ownPartition,
  deletionProtected,
  tagged,
  alarmsAreHeard,
  lockedState,
  declaredReadsOnly,
  sameEverywhere,
];
