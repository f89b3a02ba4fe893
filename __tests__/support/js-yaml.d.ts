/** The one function of js-yaml that is used here; the package has no types of its own. */
declare module "js-yaml" {
  export function load(text: string): unknown;
}
