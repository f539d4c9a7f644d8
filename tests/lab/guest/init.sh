#!/bin/sh
# The first process of a user-mode Linux guest of the lab. The host's root is its root, read-only; $lab is the guest's
# own folder of the host, writable. Sources $lab/setup.sh, then runs a line of the console at a time: "NUMBER COMMAND".
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp
mount -t proc proc /proc
mount -t sysfs sys /sys
for folder in /tmp /run /mnt /media; do
  mount -t tmpfs -o mode=755 tmpfs $folder
done
mkdir -p /dev/pts /mnt/lab
mount -t devpts devpts /dev/pts
mount -t hostfs -o "$lab" lab /mnt/lab
module() {
  for name in "$@"; do
    insmod "/usr/lib/uml/modules/$(uname -r)/kernel/$name.ko"
  done
}
ip link set lo up
. /mnt/lab/setup.sh >/mnt/lab/setup.log 2>&1
echo $? >/mnt/lab/ready
stty raw -echo </dev/console
while read -r number command; do
  (eval "$command") >"/mnt/lab/$number.running" 2>&1 </dev/null
  echo $? >>"/mnt/lab/$number.running"
  mv "/mnt/lab/$number.running" "/mnt/lab/$number.done"
done
