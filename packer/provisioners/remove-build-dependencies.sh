#!/usr/bin/env bash
# Removes compilers and everything else that only building needs.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"

installed=$(list_packages | cut -f 1)
remove=()
for package in "${pgdoctor_build_packages[@]}" "${pgpool_build_packages[@]}"; do
  if grep --quiet --line-regexp --fixed-strings "${package}" <<<"${installed}"; then remove+=("${package}"); fi
done
if [[ ${#remove[@]} -gt 0 ]]; then remove_packages "${remove[@]}"; fi
