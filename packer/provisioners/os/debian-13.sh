# shellcheck shell=bash disable=SC2034 # a table, read by the scripts
# All that differs on Debian 13.
runtime_packages=(nodejs jq iproute2 logrotate openssl ca-certificates libpq5 libmicrohttpd12t64 libpam0g curl)
pgdoctor_build_packages=(gcc make git libc6-dev libpq-dev libmicrohttpd-dev)
pgpool_build_packages=(autoconf automake libtool bison flex libssl-dev libpam0g-dev)
pgpool_packages=(pgpool2)
node=/usr/bin/node
enabled_services=()
# The package's own unit would start Pgpool-II with its configuration; postgresql-common comes with it.
masked_services=(pgpool2.service postgresql.service)
purl_type=deb/debian

apt() {
  DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet=2 -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 "$@"
}

refresh_packages() {
  apt update
  apt full-upgrade
}

install_packages() {
  apt install --no-install-recommends "$@"
}

install_package_file() {
  apt install --no-install-recommends "$1"
}

# Leaves what the others need and what was asked for by name.
remove_packages() {
  apt purge "$@"
  apt autoremove --purge
}

clean_packages() {
  apt clean
  rm -rf /var/lib/apt/lists/*
}

# name, version, architecture
list_packages() {
  # shellcheck disable=SC2016 # dpkg's own variables
  dpkg-query --show --showformat '${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\n' \
    | sed -n 's/^installed\t//p' | sort
}
