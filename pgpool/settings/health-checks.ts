import { number, text } from "../literal";
import type { Setting } from "../setting";

/** How Pgpool-II finds out that the reader's backend is down. */
export const healthChecks: readonly Setting[] = [
  { name: "health_check_period0", value: number(0), why: "The writer is never detached, so it need not be asked." },
  {
    name: "health_check_period1",
    readers: "endpoint",
    value: number(10),
    why: "For the time without a guard, which is quicker and knows a frozen server and a changed password.",
  },
  {
    name: "health_check_timeout1",
    readers: "endpoint",
    value: number(3),
    why: "Bounds the connection, not a server that is frozen.",
  },
  {
    name: "health_check_max_retries1",
    readers: "endpoint",
    value: number(8),
    why: "40 s: longer than the node takes to follow a rotated secret, which must not detach the reader.",
  },
  { name: "health_check_retry_delay1", readers: "endpoint", value: number(5), why: "The other half of those 40 s." },
  { name: "health_check_user1", readers: "endpoint", value: (site) => text(site.healthUser), why: "From the secret." },
  {
    name: "health_check_password1",
    readers: "endpoint",
    value: (site) => text(site.healthPassword),
    why: "From the secret, encrypted with the key that PGPOOLKEYFILE names, since no string here holds every password.",
  },
  {
    name: "health_check_database1",
    readers: "endpoint",
    value: (site) => text(site.healthDatabase),
    why: "It is always there.",
  },
];
