#!/usr/bin/env bash
# Lays rootfs/ over /, installs the node agent, makes users and folders, and enables the units.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"

cd "${IMAGE_FILES}/rootfs"
while IFS= read -r -d '' path; do
  case ${path} in
    ./usr/local/bin/* | ./usr/local/sbin/*) mode=0755 ;;
    *) mode=0644 ;;
  esac
  install -D -o root -g root -m "${mode}" "${path}" "/${path#./}"
done < <(find . -type f -print0)
cd /

# Units and scripts name one path on every distribution.
install -D -o root -g root -m 0644 "${IMAGE_FILES}/agent.cjs" "${library}/agent.cjs"
[[ -x ${node} ]] || fail "Node.js is not at ${node}"
ln -sfn "${node}" "${library}/node"
if [[ ! -e /usr/local/bin/pgpool ]]; then
  ln -s "$(command -v pgpool)" /usr/local/bin/pgpool
fi

systemd-sysusers
systemd-tmpfiles --create /usr/lib/tmpfiles.d/pgpool-aurora.conf

for service in "${enabled_services[@]}"; do
  systemctl enable --quiet "${service}"
done
while read -r unit; do
  if is_enabled_unit "${unit}"; then systemctl enable --quiet "${unit}"; fi
done < <(our_units)
