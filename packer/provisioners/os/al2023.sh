# shellcheck shell=bash disable=SC2034 # a table, read by the scripts
# All that differs on Amazon Linux 2023.
runtime_packages=(nodejs24 jq iproute logrotate openssl ca-certificates libpq libmicrohttpd pam amazon-ssm-agent amazon-cloudwatch-agent)
pgdoctor_build_packages=(gcc make git libpq-devel libmicrohttpd-devel)
pgpool_build_packages=(autoconf automake libtool bison flex openssl-devel pam-devel)
pgpool_packages=()
node=/usr/bin/node-24
enabled_services=(amazon-ssm-agent.service amazon-cloudwatch-agent.service)
masked_services=()
purl_type=rpm/amzn

refresh_packages() {
  dnf --assumeyes --quiet --releasever=latest upgrade
}

install_packages() {
  dnf --assumeyes --quiet install "$@"
}

install_package_file() {
  dnf --assumeyes --quiet install "$1"
}

# Leaves what the others need and what was asked for by name.
remove_packages() {
  dnf --assumeyes --quiet remove "$@"
  dnf --assumeyes --quiet autoremove
}

clean_packages() {
  dnf --quiet clean all
  rm -rf /var/cache/dnf /var/lib/dnf/history.sqlite*
}

# name, version, architecture
list_packages() {
  rpm --query --all --queryformat '%{NAME}\t%{EVR}\t%{ARCH}\n' | sort
}
