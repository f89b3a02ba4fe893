#!/usr/bin/env bash
# Builds pgdoctor from its pinned commit, with two corrections, into /usr/local/bin.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"
# shellcheck source=source.sh
source "${IMAGE_FILES}/provisioners/source.sh"
require PGDOCTOR_URL PGDOCTOR_COMMIT

if is_built pgdoctor "${PGDOCTOR_COMMIT}"; then
  echo "pgdoctor ${PGDOCTOR_COMMIT} is built already"
  exit 0
fi

folder=$(mktemp --directory)
trap 'rm -rf "${folder}"' EXIT
fetch_commit "${PGDOCTOR_URL}" "${PGDOCTOR_COMMIT}" "${folder}/pgdoctor"

# A request's path is the format of a log line here: GET /%25s%25s%25s ends the process, from anywhere, without a login.
replace_once "${folder}/pgdoctor/main.c" 'logger_write(LOG_ERR, check_text);' 'logger_write(LOG_ERR, "%s", check_text);'
# A connection that says nothing is held for ever otherwise, and there are about a thousand.
replace_once "${folder}/pgdoctor/main.c" 'MHD_OPTION_END);' 'MHD_OPTION_CONNECTION_TIMEOUT, 10U, MHD_OPTION_END);'

make --silent --directory="${folder}/pgdoctor" pgdoctor
install -D -m 0755 "${folder}/pgdoctor/pgdoctor" /usr/local/bin/pgdoctor
remember_built pgdoctor "${PGDOCTOR_COMMIT}"
