#!/usr/bin/env bash
# Builds pgdoctor from its pinned commit, with two corrections, into /usr/local/bin.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"
# shellcheck source=source.sh
source "${IMAGE_FILES}/provisioners/source.sh"
# shellcheck source=pgdoctor-source.sh
source "${IMAGE_FILES}/provisioners/pgdoctor-source.sh"
require PGDOCTOR_URL PGDOCTOR_COMMIT

if is_built pgdoctor "${PGDOCTOR_COMMIT}"; then
  echo "pgdoctor ${PGDOCTOR_COMMIT} is built already"
  exit 0
fi

folder=$(mktemp --directory)
trap 'rm -rf "${folder}"' EXIT
make_pgdoctor "${PGDOCTOR_URL}" "${PGDOCTOR_COMMIT}" "${folder}/pgdoctor"
install -D -m 0755 "${folder}/pgdoctor/pgdoctor" /usr/local/bin/pgdoctor
remember_built pgdoctor "${PGDOCTOR_COMMIT}"
