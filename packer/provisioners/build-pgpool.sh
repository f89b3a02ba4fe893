#!/usr/bin/env bash
# Builds Pgpool-II from its pinned commit into /usr/local.
set -euo pipefail
# shellcheck source=common.sh
source "${IMAGE_FILES:?input IMAGE_FILES is missing}/provisioners/common.sh"
# shellcheck source=source.sh
source "${IMAGE_FILES}/provisioners/source.sh"
require PGPOOL_URL PGPOOL_COMMIT PGPOOL_VERSION

if is_built pgpool "${PGPOOL_COMMIT}"; then
  echo "Pgpool-II ${PGPOOL_COMMIT} is built already"
  exit 0
fi

folder=$(mktemp --directory)
trap 'rm -rf "${folder}"' EXIT
fetch_commit "${PGPOOL_URL}" "${PGPOOL_COMMIT}" "${folder}/pgpool"

cd "${folder}/pgpool"
autoreconf --force --install >autoreconf.log 2>&1 || fail "autoreconf failed: $(tail -n 20 autoreconf.log)"
[[ $(./configure --version) == *" ${PGPOOL_VERSION}"$'\n'* ]] \
  || fail "commit ${PGPOOL_COMMIT} is not version ${PGPOOL_VERSION}: $(./configure --version | head -n 1)"
./configure --quiet --prefix=/usr/local --sysconfdir=/etc/pgpool2 --with-openssl --with-pam \
  CFLAGS="-O2 -fstack-protector-strong -D_FORTIFY_SOURCE=2" LDFLAGS="-Wl,-z,relro,-z,now"
make --silent --jobs="$(nproc)" >make.log 2>&1 || fail "make failed: $(tail -n 20 make.log)"
make --silent install >/dev/null

# Amazon Linux does not look there for libraries by itself.
echo /usr/local/lib >/etc/ld.so.conf.d/pgpool-aurora.conf
ldconfig

remember_built pgpool "${PGPOOL_COMMIT}"
