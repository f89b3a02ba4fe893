import type { LifecycleRule } from "@aws-sdk/client-s3";
import { plansFolder } from "../config/state";

/** What becomes of the objects of a state bucket: old states are kept for a year, plan files for a week. */
export const lifecycleRules: readonly LifecycleRule[] = [
  {
    ID: "old-states",
    Status: "Enabled",
    Filter: { Prefix: "" },
    NoncurrentVersionExpiration: { NoncurrentDays: 365 },
    // Every lock leaves one of these.
    Expiration: { ExpiredObjectDeleteMarker: true },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
  {
    ID: "plan-files",
    Status: "Enabled",
    Filter: { Prefix: plansFolder },
    NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    Expiration: { Days: 7 },
  },
];
