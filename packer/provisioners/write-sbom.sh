#!/usr/bin/env bash
# Writes the image's bill of materials (CycloneDX 1.6): every package, and what was built from a pinned commit.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"
require IMAGE_NAME CONFIGURATION_HASH SBOM PGPOOL_KIND PGPOOL_VERSION PGDOCTOR_URL PGDOCTOR_COMMIT

packages() {
  list_packages | jq --raw-input --arg type "${purl_type}" '
    split("\t") as [$name, $version, $arch]
    | {type: "library", name: $name, version: $version,
       purl: "pkg:\($type)/\($name | @uri)@\($version | @uri)?arch=\($arch)"}
    | ."bom-ref" = .purl'
}

# built NAME VERSION URL COMMIT
built() {
  jq --null-input --arg name "$1" --arg version "$2" --arg url "$3" --arg commit "$4" '
    {type: "application", name: $name, version: $version,
     purl: "pkg:generic/\($name)@\($version)?vcs_url=\("git+\($url)@\($commit)" | @uri)",
     pedigree: {commits: [{uid: $commit, url: $url}]},
     externalReferences: [{type: "vcs", url: $url}]}
    | ."bom-ref" = .purl'
}

agent() {
  local sum
  sum=$(sha256sum "${library}/agent.cjs")
  jq --null-input --arg sum "${sum%% *}" --arg version "${CONFIGURATION_HASH}" '
    {type: "application", "bom-ref": "pgpool-aurora-agent", name: "pgpool-aurora-agent", version: $version,
     hashes: [{alg: "SHA-256", content: $sum}]}'
}

components() {
  packages
  agent
  if [[ ${PGPOOL_KIND} == source ]]; then
    require PGPOOL_URL PGPOOL_COMMIT
    built pgpool-II "${PGPOOL_VERSION}" "${PGPOOL_URL}" "${PGPOOL_COMMIT}"
  fi
  if has_step build-pgdoctor; then
    built pgdoctor "${PGDOCTOR_COMMIT:0:12}" "${PGDOCTOR_URL}" "${PGDOCTOR_COMMIT}"
  fi
}

install -d -m 0755 "$(dirname "${SBOM}")"
components | jq --slurp --arg image "${IMAGE_NAME}" --arg hash "${CONFIGURATION_HASH}" \
  --arg serial "$(</proc/sys/kernel/random/uuid)" --arg created "$(date --utc +%Y-%m-%dT%H:%M:%SZ)" '
  {bomFormat: "CycloneDX", specVersion: "1.6", serialNumber: "urn:uuid:\($serial)", version: 1,
   metadata: {timestamp: $created, component: {type: "operating-system", name: $image, version: $hash}},
   components: .}' >"${SBOM}"
chmod 0644 "${SBOM}"
echo "$(jq '.components | length' "${SBOM}") components"
