#!/usr/bin/env bash
# Runs systemd as the first process of a machine of its own: machine.sh FOLDER
# The root is this machine's, with a layer in memory over it: FOLDER/root. The network is loopback only.
set -euo pipefail
folder=$1

mount -t tmpfs -o mode=755 tmpfs "${folder}"
mkdir "${folder}"/{layer,work,root}
mount -t overlay -o "lowerdir=/,upperdir=${folder}/layer,workdir=${folder}/work" overlay "${folder}/root"
echo laid
read -r # until the test has put its files there

for hierarchy in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
  if [[ -f ${hierarchy}/cgroup.procs ]]; then
    mkdir -p "${hierarchy}/$(basename "${folder}")"
    echo $$ >"${hierarchy}/$(basename "${folder}")/cgroup.procs"
  fi
done

# shellcheck disable=SC2016 # expanded by the inner shell
exec unshare --pid --mount --net --uts --ipc --cgroup --fork --kill-child --propagation private bash -euo pipefail -c '
  cd "$1"
  mount --bind "$1" "$1"
  cd "$1"
  mount -t proc proc proc
  # What the image sets in the kernel is not for this machine, whose kernel is the same.
  mount --bind proc/sys proc/sys
  mount -o remount,bind,ro proc/sys
  mount -t sysfs -o ro sysfs sys
  if [[ -d /sys/fs/cgroup/systemd ]]; then
    mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
    mkdir sys/fs/cgroup/{systemd,unified}
    mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
    mount -t cgroup2 cgroup2 sys/fs/cgroup/unified
  else
    mount -t cgroup2 cgroup2 sys/fs/cgroup
  fi
  mount -t tmpfs -o mode=755 tmpfs dev
  for device in null zero full random urandom tty; do
    touch "dev/${device}"
    mount --bind "/dev/${device}" "dev/${device}"
  done
  mkdir dev/shm dev/pts
  mount -t tmpfs tmpfs dev/shm
  mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
  ln -s pts/ptmx dev/ptmx
  mount -t tmpfs -o mode=755 tmpfs run
  mount -t tmpfs tmpfs tmp
  mkdir .old
  ip link set lo up
  pivot_root . .old
  umount -l /.old
  exec env -i container=lxc PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --unit=basic.target --show-status=false
' bash "${folder}/root"
