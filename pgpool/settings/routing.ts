import { balancingAfterWrite } from "../../config/consistency";
import { flag, text } from "../literal";
import type { Setting } from "../setting";

/** Which statements go where. */
export const routing: readonly Setting[] = [
  { name: "load_balance_mode", value: flag(true), why: "Reads go to readers." },
  {
    name: "statement_level_load_balance",
    value: flag(false),
    why: "It mixes servers within a session: a later read may see an older state (measured).",
  },
  {
    name: "disable_load_balance_on_write",
    value: ({ consistency }) => text(balancingAfterWrite[consistency]),
    why: "Only with 'always' a session never missed its own write (0 of 60; with the others up to 60 of 60).",
  },
  { name: "allow_sql_comments", value: flag(true), why: "Tools put comments before SELECT." },
  { name: "ignore_leading_white_space", value: flag(true), why: "As for comments." },
];
