#!/usr/bin/env bash
# Installs the CloudWatch agent from a URL, where the distribution has none.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"
# shellcheck source=download.sh
source "${IMAGE_FILES}/provisioners/download.sh"
require CLOUDWATCH_AGENT_URL CLOUDWATCH_AGENT_SHA256

folder=$(mktemp --directory)
trap 'rm -rf "${folder}"' EXIT
download "${CLOUDWATCH_AGENT_URL}" "${folder}/amazon-cloudwatch-agent.deb" "${CLOUDWATCH_AGENT_SHA256}"
# A package manager may read it as another user.
chmod 0755 "${folder}"
install_package_file "${folder}/amazon-cloudwatch-agent.deb"
systemctl enable --quiet amazon-cloudwatch-agent.service
