import { Fn } from "cdktf";
import type { BootDocument } from "../../config/boot-document";
import { bootDocumentPath } from "../../config/boot-document-path";

/** Cloud-init user data that leaves one JSON document on the machine and runs nothing. */
export function bootData(document: BootDocument): string {
  const file = { path: bootDocumentPath, permissions: "0600", content: Fn.jsonencode(document) };
  return Fn.base64encode(Fn.join("\n", ["#cloud-config", Fn.jsonencode({ write_files: [file] })]));
}
