import { chmodSync, copyFileSync, readFileSync } from "node:fs";
import { get } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { ports } from "../config/ports";
import type { PoolerNode } from "./node";
import { Service } from "./service";

/** What a load balancer's health check would see. */
export interface Answer {
  /** Absent when there was no answer in time, or nobody to ask. */
  readonly status?: number;
  readonly milliseconds: number;
}

/** pgdoctor on a node, run as its unit runs it. */
export class Pgdoctor {
  readonly service: Service;

  constructor(node: PoolerNode, program: string) {
    // Its user need not be able to read where it was built.
    const own = join(node.folder, "pgdoctor");
    copyFileSync(program, own);
    chmodSync(own, 0o755);
    this.service = new Service({
      user: "pgdoctor",
      // LimitNOFILE
      command: ["prlimit", "--nofile=1024", own, node.paths.pgdoctorCfg],
      environment: {
        PGPASSFILE: node.paths.pgdoctorPassword,
        PGOPTIONS: "-c statement_timeout=2000",
        PGAPPNAME: "pgdoctor",
      },
      restartSeconds: 1,
    });
  }

  /** Asks as a load balancer does. */
  async ask(limitMilliseconds = 8000): Promise<Answer> {
    const start = performance.now();
    const status = await new Promise<number | undefined>((resolve) => {
      const options = { port: ports.health, timeout: limitMilliseconds, agent: false };
      const request = get("http://127.0.0.1/", options, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.once("timeout", () => request.destroy());
      request.once("error", () => {
        resolve(undefined);
      });
    });
    return { status, milliseconds: performance.now() - start };
  }

  /** Sends bytes and nothing more; the connection stays open until it is closed from either side. */
  async open(bytes: string | Buffer): Promise<Socket> {
    const socket = connect(ports.health, "127.0.0.1");
    socket.on("error", () => undefined).resume();
    await new Promise((resolve) => {
      socket.once("connect", resolve).once("close", resolve);
      setTimeout(resolve, 1000).unref();
    });
    if (bytes.length > 0) socket.write(bytes);
    return socket;
  }

  /** What it has in memory, in kB. */
  get residentKilobytes(): number {
    const status = readFileSync(`/proc/${this.service.pid ?? 0}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
  }
}
