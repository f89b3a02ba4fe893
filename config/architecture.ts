/** Architectures that EC2 and the image know. */
export type Architecture = "x86_64" | "arm64";

/**
 * The architecture of an EC2 instance type: Graviton families carry a `g` right after their generation (t4g, m7gd,
 * c6gn, x2gd, im4gn, is4gen), and a1 was the first (EC2 User Guide, "Instance type naming conventions").
 */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
}
