#!/bin/sh
# prepare.sh LIST…: installs the packages of the lists that are not there yet; does nothing when all are.
# Newly installed daemons are neither started nor enabled, and /etc/resolv.conf stays what it was: the tests run their own.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
arch=$(dpkg --print-architecture)

missing=""
for list in "$@"; do
  while read -r package only; do
    case $package in "" | \#*) continue ;; esac
    case $only in "" | "[$arch]") ;; *) continue ;; esac
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || :)
    [ "$state" = installed ] || missing="$missing $package"
  done <"$root/packaging/$list"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi
if [ -n "$as_root" ] && ! sudo -n true 2>/dev/null && [ ! -t 0 ]; then
  echo "prepare.sh: these packages are missing, and installing them needs root:$missing" >&2
  exit 1
fi

kept=$(mktemp -d)
policy=/usr/sbin/policy-rc.d
cp -a /etc/resolv.conf "$kept/link" 2>/dev/null || :
cat /etc/resolv.conf >"$kept/servers" 2>/dev/null || :
after() {
  [ ! -e "$kept/policy" ] || $as_root rm -f "$policy"
  if [ ! -e /etc/resolv.conf ] && [ -s "$kept/servers" ]; then
    $as_root rm -f /etc/resolv.conf
    $as_root cp -a "$kept/link" /etc/resolv.conf
    [ -e /etc/resolv.conf ] || $as_root sh -c "cat >/etc/resolv.conf" <"$kept/servers"
  fi
  rm -rf "$kept"
}
trap after EXIT
trap 'exit 130' INT TERM
if [ ! -e "$policy" ]; then
  touch "$kept/policy"
  printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
  $as_root chmod 755 "$policy"
fi

install="$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends"
# shellcheck disable=SC2086
if ! $install $missing </dev/null; then
  $as_root apt-get update -q </dev/null
  $install $missing </dev/null
fi
if [ -d /run/systemd/system ]; then
  case "$missing " in *" charon-systemd "*) $as_root systemctl -q disable strongswan.service || : ;; esac
  case "$missing " in *" freeradius "*) $as_root systemctl -q disable freeradius.service || : ;; esac
  case "$missing " in *" systemd-resolved "*) $as_root systemctl -q disable systemd-resolved.service || : ;; esac
fi
