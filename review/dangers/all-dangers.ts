import type { Finding } from "../report";
import type { ResourceChange } from "../resource-change";
import { backupShortened } from "./backup-shortened";
import { encryptionOff } from "./encryption-off";
import { lastCopyGone } from "./last-copy-gone";
import { lost } from "./lost";
import { opened } from "./opened";
import { protectionOff } from "./protection-off";
import { publicExposure } from "./public-exposure";

/** Every rule; the order is that of the report. */
const dangers = [lost, protectionOff, lastCopyGone, backupShortened, opened, publicExposure, encryptionOff] as const;

/** What an acknowledgement may name. */
export type DangerName = (typeof dangers)[number]["name"];

/** All names, for acknowledgements.json. */
export const dangerNames = dangers.map(({ name }) => name) as [DangerName, ...DangerName[]];

/** What is dangerous in the changes of one stack. */
export const findDangers = (changes: readonly ResourceChange[]): readonly Finding[] =>
  dangers.flatMap(({ name, find }) => find(changes).map((found) => ({ danger: name, ...found })));
