#!/usr/bin/env bash
# Proves that the image is what it should be. Reports everything that is wrong, then fails.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"
require SBOM PGPOOL_KIND PGPOOL_VERSION PGDOCTOR_COMMIT

faults=0
fault() {
  echo "validate: $*" >&2
  faults=$((faults + 1))
}

# expect WHAT COMMAND...: the command must succeed.
expect() {
  local what=$1 output
  shift
  output=$("$@" 2>&1) || fault "${what}: ${output:-failed}"
}

nothing() {
  local found
  found=$("$@" 2>/dev/null || :)
  if [[ -n ${found} ]]; then
    printf 'found %s\n' "${found//$'\n'/ }"
    return 1
  fi
}

mode_is() {
  local actual
  actual=$(stat --dereference --format '%U:%G %a' "$1") || return 1
  if [[ ${actual} != "$2" ]]; then
    echo "is ${actual}, not $2"
    return 1
  fi
}

reports() {
  local text=$1 output
  shift
  output=$("$@" 2>&1) || return 1
  if [[ " ${output} " != *"${text}"* ]]; then
    echo "printed ${output}, not ${text}"
    return 1
  fi
}

missing_libraries() {
  ldd "$(readlink --canonicalize "$1")" | grep 'not found'
}

is_system_user() {
  [[ $(getent passwd "$1") == */nologin ]]
}

binaries() {
  expect "pgpool's version" reports " ${PGPOOL_VERSION} " /usr/local/bin/pgpool --version
  expect "pgpool's libraries" nothing missing_libraries /usr/local/bin/pgpool
  expect "Node.js" "${library}/node" --version
  expect "the node agent" reports "pgpool-agent COMMAND" /usr/local/sbin/pgpool-agent --help
  local tool
  for tool in gcc cc make git; do
    expect "no ${tool}" nothing command -v "${tool}"
  done
}

units() {
  local unit service
  while read -r unit; do
    if [[ ${unit} == *pgdoctor* ]] && ! has_step build-pgdoctor; then continue; fi
    expect "unit ${unit}" systemd-analyze verify --man=no --recursive-errors=no "/etc/systemd/system/${unit}"
    if [[ ${unit} == *.service ]]; then
      expect "exposure of ${unit} is at most 3.0" systemd-analyze security --offline=true --threshold=30 --no-pager "/etc/systemd/system/${unit}"
    fi
    if is_enabled_unit "${unit}"; then expect "unit ${unit} is enabled" systemctl is-enabled "${unit}"; fi
  done < <(our_units)
  for service in "${enabled_services[@]}"; do
    expect "${service} is enabled" systemctl is-enabled "${service}"
  done
  for service in "${masked_services[@]}"; do
    expect "${service} is masked" test "$(readlink "/etc/systemd/system/${service}")" = /dev/null
  done
}

files() {
  local user path
  for user in pgpool pgdoctor; do
    expect "user ${user} cannot log in" is_system_user "${user}"
  done
  while read -r path; do
    expect "/${path}" mode_is "/${path}" "root:root 644"
  done < <(cd "${IMAGE_FILES}/rootfs" && find etc usr -type f -not -path 'usr/local/*bin/*')
  expect "node agent" mode_is "${library}/agent.cjs" "root:root 644"
  expect "database certificates" mode_is "${share}/database-ca.pem" "root:root 644"
  expect "nothing of ours is writable for others" nothing find /etc/systemd /usr/local -perm -o+w -not -type l
  expect "the bill of materials" jq --exit-status '.components | length > 50' "${SBOM}"
}

residue() {
  expect "no SSH host key" nothing find /etc/ssh -name 'ssh_host_*'
  expect "no authorized key" nothing find /root /home -name 'authorized_keys*'
  expect "no machine id" test ! -s /etc/machine-id
  expect "no log" nothing find /var/log -type f -size +0
  expect "no state of cloud-init" nothing find /var/lib/cloud/instances -mindepth 1
  expect "no private key" nothing grep --recursive --files-with-matches --binary-files=without-match \
    -e '-----BEGIN [A-Z ]*PRIVATE KEY-----' /etc /root /home /usr/local /var/lib
  expect "no boot document" test ! -e /etc/pgpool-aurora/boot.json
}

# Whoever listens already, other than the base system. Processes of other namespaces have no name here.
listeners() {
  ss --no-header --listening --tcp --processes | grep 'users:' | grep --invert-match --extended-regexp '"(sshd|systemd[a-z-]*)"'
}

# In a network of its own: a request that ended the original must be answered, and must leave it running.
pgdoctor_survives() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  timeout 30 unshare --net bash -euo pipefail -c '
    folder=$(mktemp --directory)
    trap "rm -rf \"${folder}\"" EXIT
    printf "%s\n" "http_port = 8071" "syslog_facility = local7" "pg_host = /nowhere" "pg_port = 9999" \
      "pg_user = nobody" "pg_password = none" "pg_database = postgres" "pg_connection_timeout = 2" "\"SELECT 1\"" \
      >"${folder}/pgdoctor.cfg"
    request() {
      exec 3<>/dev/tcp/127.0.0.1/8071
      printf "GET %s HTTP/1.0\r\n\r\n" "$1" >&3
      head --lines=1 <&3
    }
    ip link set lo up
    /usr/local/bin/pgdoctor "${folder}/pgdoctor.cfg" &
    until (exec 3<>/dev/tcp/127.0.0.1/8071) 2>/dev/null; do kill -0 $!; done
    for path in "/%25s%25s%25s%25s%25s%25s%25s%25s" "/%25n%25n%25n%25n%25n%25n%25n%25n"; do
      [[ $(request "${path}") == *" 400 "* ]]
    done
    [[ $(request /) == *" 500 "* ]]
    kill $!
    wait $!'
}

binaries
units
files
residue
expect "no listener but the base system's" nothing listeners
if has_step build-pgdoctor; then
  expect "pgdoctor's libraries" nothing missing_libraries /usr/local/bin/pgdoctor
  expect "pgdoctor is built from ${PGDOCTOR_COMMIT}" grep --quiet "${PGDOCTOR_COMMIT}" "${share}/pgdoctor.commit"
  expect "pgdoctor survives a request with a format, and answers on port 8071" pgdoctor_survives
else
  echo "validate: not checked, because the step build-pgdoctor is not in this build: pgdoctor"
fi

[[ ${faults} -eq 0 ]] || fail "${faults} faults"
echo "validate: the image is as it should be"
