#!/usr/bin/env bash
# Removes what belongs to the builder and must not be the same on every node.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"

clean_packages
if command -v cloud-init >/dev/null; then cloud-init clean --logs --seed; fi

# Identity: each node makes its own at its first boot.
rm -f /etc/ssh/ssh_host_* /etc/ssl/private/ssl-cert-snakeoil.key /etc/ssl/certs/ssl-cert-snakeoil.pem
rm -f /var/lib/systemd/random-seed /var/lib/systemd/credential.secret
: >/etc/machine-id
if [[ -e /var/lib/dbus/machine-id ]]; then ln -sfn /etc/machine-id /var/lib/dbus/machine-id; fi

# Who came in, and what was done.
find /root /home -type f \( -name authorized_keys -o -name authorized_keys2 -o -name known_hosts \
  -o -name '.*_history' -o -name .lesshst -o -name .viminfo -o -name .wget-hsts \) -delete
find /var/log -type f -delete
rm -rf /var/log/journal/*
find /var/tmp -mindepth 1 -delete
rm -rf /root/.cache /root/.npm /root/.gnupg
