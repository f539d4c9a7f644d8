#!/bin/sh
# enter.sh NETNS COMMAND…: runs COMMAND in a named network namespace, with the files of /etc/netns/NETNS over /etc.
# As `ip netns exec`, but it also works where /etc/resolv.conf is a link to a file that does not exist.
set -eu
name=$1
shift
exec nsenter --net="/run/netns/$name" unshare --mount --propagation private sh -c '
set -eu
name=$1
shift
mount -t sysfs sysfs /sys 2>/dev/null || :
for file in /etc/netns/"$name"/*; do
  [ -e "$file" ] || continue
  target=$(readlink -m "/etc/${file##*/}")
  if [ ! -e "$target" ]; then
    above=$(dirname "$target")
    while [ ! -d "$above" ]; do above=$(dirname "$above"); done
    [ "$above" = / ] || [ "$above" = /etc ] && continue
    mount -t tmpfs tmpfs "$above"
    mkdir -p "$(dirname "$target")"
    : >"$target"
  fi
  mount --bind "$file" "$target"
done
exec "$@"
' enter "$name" "$@"
