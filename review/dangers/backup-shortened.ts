import { blocksOf, type Values } from "../resource-change";
import { type Danger, eachChange, fromTo, type Found } from "./danger";

const days = (value: unknown): number => (typeof value === "number" ? value : 0);

/** Days that a rule of AWS Backup keeps a recovery point; without an end for ever. */
const kept = (rule: Values | undefined): number => {
  const after = blocksOf(rule ?? {}, "lifecycle")[0]?.delete_after;
  return typeof after === "number" && after > 0 ? after : Infinity;
};
const keptText = (limit: number): string => (limit === Infinity ? "for ever" : `${limit} days`);

function shorter(what: string, before: readonly Values[], after: readonly Values[]): readonly Omit<Found, "address">[] {
  const shortest = (rules: readonly Values[]) => Math.min(...rules.map(kept));
  const reason = "Older recovery points go; what is noticed later cannot be restored.";
  if (after.length < before.length) {
    return [{ reason: "Some backups are no longer made.", detail: `${what}: ${before.length} → ${after.length}` }];
  }
  if (before.length === 0 || shortest(after) >= shortest(before)) return [];
  return [{ reason, detail: `${what} kept ${keptText(shortest(before))} → ${keptText(shortest(after))}` }];
}

/** Backups are kept for a shorter time, or fewer are made. */
export const backupShortened = {
  name: "backup-shortened",
  find: eachChange(({ type, before, after }) => {
    if (type === "aws_backup_plan") {
      const [old, next] = [blocksOf(before, "rule"), blocksOf(after, "rule")];
      const copies = (rules: readonly Values[]) => rules.flatMap((rule) => blocksOf(rule, "copy_action"));
      return [...shorter("recovery points", old, next), ...shorter("copies", copies(old), copies(next))];
    }
    const [old, next] = [before.backup_retention_period, after.backup_retention_period];
    if (days(next) >= days(old)) return [];
    const reason = "Point-in-time recovery reaches less far back; the older backups go at once.";
    return [{ reason, detail: fromTo("backup_retention_period", old, next) }];
  }),
} as const satisfies Danger;
