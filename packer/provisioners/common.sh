# shellcheck shell=bash
# Sourced by every provisioning script: checks its inputs and brings the distribution's table.
set -euo pipefail

# Where our own files are on the image.
# shellcheck disable=SC2034 # read by the scripts that source this
readonly share=/usr/local/share/pgpool-aurora library=/usr/local/lib/pgpool-aurora

fail() {
  printf '%s: %s\n' "${STEP:-provisioning}" "$*" >&2
  exit 1
}

# require NAME...: each input must be there.
require() {
  local name
  for name in "$@"; do
    [[ -n ${!name:-} ]] || fail "input ${name} is missing"
  done
}

# has_step NAME: whether a step is part of this build.
has_step() {
  [[ " ${STEPS} " == *" $1 "* ]]
}

# our_units: the names of the systemd units that the image brings.
our_units() {
  local path
  for path in "${IMAGE_FILES}"/rootfs/etc/systemd/system/*.{service,timer,path,socket,target}; do
    if [[ -f ${path} ]]; then basename "${path}"; fi
  done
}

# is_enabled_unit NAME: whether the unit says who wants it, so that it is to be enabled.
is_enabled_unit() {
  grep --quiet '^\[Install\]' "${IMAGE_FILES}/rootfs/etc/systemd/system/$1"
}

require IMAGE_FILES OS STEP STEPS
[[ ${EUID} -eq 0 ]] || fail "must run as root"
[[ -f ${IMAGE_FILES}/provisioners/os/${OS}.sh ]] || fail "no table for OS ${OS}"
# shellcheck source=os/debian-13.sh
source "${IMAGE_FILES}/provisioners/os/${OS}.sh"
