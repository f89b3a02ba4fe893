#!/usr/bin/env bash
# Closes what the base image leaves open. Settings that are files are in rootfs/; here is what must be done.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"

usermod --lock root
systemctl mask --quiet debug-shell.service ctrl-alt-del.target
chmod 0700 /root
find /home -mindepth 1 -maxdepth 1 -type d -exec chmod 0700 {} +

# A mistake in the drop-in would lock everybody out. With a key of its own, since the host's may be gone by now.
folder=$(mktemp --directory)
trap 'rm -rf "${folder}"' EXIT
ssh-keygen -q -t ed25519 -N '' -f "${folder}/key"
/usr/sbin/sshd -t -h "${folder}/key" || fail "sshd does not accept its configuration"
