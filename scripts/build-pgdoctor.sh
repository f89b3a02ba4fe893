#!/usr/bin/env bash
# Builds the image's pgdoctor on this machine: scripts/build-pgdoctor.sh URL COMMIT FILE
set -euo pipefail

fail() {
  printf 'pgdoctor: %s\n' "$*" >&2
  exit 1
}

[[ $# -eq 3 ]] || fail "usage: scripts/build-pgdoctor.sh URL COMMIT FILE"
provisioners=$(dirname "$0")/../packer/provisioners
# shellcheck source=../packer/provisioners/source.sh
source "${provisioners}/source.sh"
# shellcheck source=../packer/provisioners/pgdoctor-source.sh
source "${provisioners}/pgdoctor-source.sh"

for tool in git make gcc; do
  command -v "${tool}" >/dev/null || fail "${tool} is missing: apt install git make gcc libpq-dev libmicrohttpd-dev"
done
folder=$(mktemp --directory)
trap 'rm -rf "${folder}"' EXIT
make_pgdoctor "$1" "$2" "${folder}/pgdoctor" || fail "it does not compile: apt install libpq-dev libmicrohttpd-dev"
install -D -m 0755 "${folder}/pgdoctor/pgdoctor" "$3"
