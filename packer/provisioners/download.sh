# shellcheck shell=bash
# Sourced by the scripts that download a file.

# download URL FILE [SHA256]
download() {
  local url=$1 file=$2 expected=${3:-} actual
  curl --fail --silent --show-error --location --proto '=https,file' --retry 5 --retry-connrefused \
    --max-time 300 --output "${file}" "${url}" || fail "cannot download ${url}"
  [[ -n ${expected} ]] || return 0
  actual=$(sha256sum "${file}")
  [[ ${actual%% *} == "${expected}" ]] || fail "${url} has the SHA-256 ${actual%% *}, not ${expected}"
}
