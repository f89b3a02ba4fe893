import { architectureOf } from "../../../config/architecture";

// EC2 User Guide, "Amazon EC2 instance types"; g4dn and g5 are graphics families of Intel and AMD processors.
const arm64 = ["a1", "t4g", "m6g", "m7gd", "c6gn", "r8g", "x2gd", "im4gn", "is4gen", "g5g", "hpc7g", "i8ge"];
const x86 = ["t2", "t3", "t3a", "m5", "m7i", "m7i-flex", "m7a", "c5n", "r6idn", "g4dn", "g5", "gr6", "p4d", "x1e"];

test.each(arm64)("%s is arm64", (family) => {
  expect(architectureOf(`${family}.large`)).toBe("arm64");
});

test.each(x86)("%s is x86_64", (family) => {
  expect(architectureOf(`${family}.large`)).toBe("x86_64");
});
