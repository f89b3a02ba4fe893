#!/usr/bin/env bash
# In the place of packer on the PATH: writes down how it was called, and a manifest as a build would.
set -euo pipefail
echo "$*" >>"${PACKER_CALLS}"
[[ $1 != "${PACKER_FAILS:-}" ]] || exit 3
[[ $1 == build ]] || exit 0
for argument in "$@"; do
  if [[ ${argument} == manifest=* ]]; then
    cat >"${argument#manifest=}" <<'JSON'
{"builds":[{"packer_run_uuid":"old","artifact_id":"us-east-1:ami-00000000"},
 {"packer_run_uuid":"new","artifact_id":"us-east-1:ami-11111111,eu-west-1:ami-22222222","custom_data":{"architecture":"arm64"}}],
 "last_run_uuid":"new"}
JSON
  fi
done
