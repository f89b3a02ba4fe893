#!/usr/bin/env bash
# Installs what the image runs and what its parts are built with.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"
require PGPOOL_KIND

# The first boot's own work with packages must be over. 2 is "done, with warnings".
if command -v cloud-init >/dev/null; then
  cloud-init status --wait >/dev/null || [[ $? -eq 2 ]] || fail "cloud-init of the builder failed"
fi

packages=("${runtime_packages[@]}" "${pgdoctor_build_packages[@]}")
if [[ ${PGPOOL_KIND} == package ]]; then
  [[ ${#pgpool_packages[@]} -gt 0 ]] || fail "${OS} has no package of Pgpool-II"
  packages+=("${pgpool_packages[@]}")
else
  packages+=("${pgpool_build_packages[@]}")
fi

# Masked before it is there, so that installing it does not start it.
for service in "${masked_services[@]}"; do
  systemctl mask --quiet "${service}"
done
refresh_packages
install_packages "${packages[@]}"
