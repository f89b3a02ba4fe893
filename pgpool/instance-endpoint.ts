/**
 * The host name of one instance: Aurora makes it of the instance's identifier and of what the cluster's own endpoint,
 * such as `name.cluster-abc.eu-west-1.rds.amazonaws.com`, has after `cluster-` (Aurora User Guide, instance endpoints).
 *
 * @returns undefined where the cluster's endpoint does not have that form.
 */
export function instanceEndpoint(clusterEndpoint: string, instance: string): string | undefined {
  const [, suffix] = /^[^.]+\.cluster-([^.]+\..+)$/.exec(clusterEndpoint) ?? [];
  return suffix === undefined || suffix.startsWith("ro-") ? undefined : `${instance}.${suffix}`;
}
