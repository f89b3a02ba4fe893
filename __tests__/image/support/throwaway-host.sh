#!/usr/bin/env bash
# throwaway-host.sh ROOT WORK PORT LOGIN     (as root; ends with its process)
# An SSH server on 127.0.0.1:PORT. Its file system, WORK/root, is an overlay in memory over ROOT, a folder that
# debootstrap made, so that provisioning really runs and leaves nothing behind. Mounts and processes are private; the
# network is the machine's. WORK holds key.pub, whom to let in, and srv/, which appears as /srv.
set -euo pipefail
ROOT=$1 WORK=$2 PORT=$3 LOGIN=$4
export ROOT WORK PORT LOGIN
# shellcheck disable=SC2016 # expanded by the inner shell
exec unshare --mount --pid --fork --kill-child bash -euo pipefail -c '
  mount --make-rprivate /
  mkdir -p "${WORK}/overlay" "${WORK}/root"
  mount -t tmpfs tmpfs "${WORK}/overlay"
  mkdir "${WORK}/overlay/upper" "${WORK}/overlay/work"
  mount -t overlay overlay "${WORK}/root" \
    -o "lowerdir=${ROOT},upperdir=${WORK}/overlay/upper,workdir=${WORK}/overlay/work"
  root=${WORK}/root
  mount -t proc proc "${root}/proc"
  mount --rbind /dev "${root}/dev"
  mount -t tmpfs tmpfs "${root}/run"
  mount --bind "${WORK}/srv" "${root}/srv"
  mkdir -p "${root}/run/sshd"
  cp /etc/resolv.conf "${root}/etc/resolv.conf"
  printf "127.0.0.1 %s\n" "$(hostname)" >>"${root}/etc/hosts"
  chroot "${root}" useradd --create-home --shell /bin/bash "${LOGIN}"
  chroot "${root}" usermod --password "*" "${LOGIN}" # "!" would be a locked account, which sshd refuses
  printf "%s ALL=(ALL) NOPASSWD: ALL\n" "${LOGIN}" >"${root}/etc/sudoers.d/throwaway"
  install -d -m 0700 "${root}/home/${LOGIN}/.ssh"
  install -m 0600 "${WORK}/key.pub" "${root}/home/${LOGIN}/.ssh/authorized_keys"
  chroot "${root}" chown -R "${LOGIN}:" "/home/${LOGIN}/.ssh"
  cp "${WORK}/host_key" "${root}/run/host_key"
  chmod 0600 "${root}/run/host_key"
  exec chroot "${root}" /usr/sbin/sshd -D -e -f /dev/null -p "${PORT}" -h /run/host_key \
    -o ListenAddress=127.0.0.1 -o PidFile=none -o PasswordAuthentication=no \
    -o "Subsystem=sftp /usr/lib/openssh/sftp-server"'
