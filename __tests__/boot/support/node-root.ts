import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { nodePaths, type NodePaths } from "../../../pgpool/paths";
import { idsOf } from "./network";

/** Users of this machine that stand for those of the image. */
export const standIns = { pgpool: "postgres", pgdoctor: "nobody", "pgpool-agent": "daemon" } as const;

/** A folder that stands for a node's "/": short, since the path of a socket may have 107 characters only. */
export class NodeRoot {
  readonly folder: string;
  readonly paths: NodePaths;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "node-"));
    chmodSync(this.folder, 0o755);
    this.paths = nodePaths(this.folder);
    const users = Object.entries(standIns).map(([name, user]) => {
      const { uid, gid } = idsOf(user);
      return `${name}:x:${uid}:${gid}::/:/bin/false
`;
    });
    this.write(this.paths.users, users.join(""));
    mkdirSync(this.paths.sockets, { recursive: true, mode: 0o755 });
    const { uid, gid } = idsOf(standIns.pgpool);
    chownSync(this.paths.sockets, uid, gid);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
