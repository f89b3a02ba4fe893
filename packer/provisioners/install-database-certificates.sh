#!/usr/bin/env bash
# Installs the certificates that the database's own must be signed by. Input CERTIFICATES_SHA256 may be empty.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"
# shellcheck source=download.sh
source "${IMAGE_FILES}/provisioners/download.sh"
require CERTIFICATES_URL

file=$(mktemp)
trap 'rm -f "${file}"' EXIT
download "${CERTIFICATES_URL}" "${file}" "${CERTIFICATES_SHA256:-}"
subjects=$(openssl crl2pkcs7 -nocrl -certfile "${file}" | openssl pkcs7 -print_certs -noout | grep --count '^subject') \
  || fail "${CERTIFICATES_URL} holds no certificate"
install -D -m 0644 "${file}" "${share}/database-ca.pem"
echo "${subjects} certificates of the database's authorities"
