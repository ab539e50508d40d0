#!/usr/bin/env bash
# Prove that a fresh clone needs nothing installed by hand: make a bare Debian 12 with only python3, git and make in
# FOLDER, clone the committed state of this checkout into it and run a command there.
#
#   tools/bare_root.sh FOLDER make test
#   CI=true tools/bare_root.sh FOLDER bash .ci/run
#
# Needs root and debootstrap. FOLDER must lie outside the checkout; what is in it is kept, so a second run is quicker and
# no longer quite bare: remove it for a true first run. How this machine reaches Debian's and Python's packages (mirror,
# certificates, pip's configuration) is taken over as it is found, and nothing of it is written into the repository.
set -euo pipefail

[ $# -ge 2 ] || { echo "usage: $0 FOLDER COMMAND..." >&2; exit 2; }
[ "$(id -u)" = 0 ] || { echo "$0: needs root for debootstrap and chroot" >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "$0: needs the Debian package debootstrap" >&2; exit 2; }
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$1"
root=$(cd "$1" && pwd)
shift
suite=bookworm

if [ ! -x "$root/usr/bin/git" ]; then
  mirror=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' |
    awk -v suite="$suite" '$1 == suite { print $2; exit }')
  [ -n "$mirror" ] || { echo "$0: apt knows no mirror of Debian $suite; run apt-get update" >&2; exit 2; }
  debootstrap --variant=minbase --include=python3,git,make,ca-certificates "$suite" "$root" "$mirror"
fi

# How this machine reaches packages. -L: certificates are links into folders that the bare root does not have.
for path in /etc/resolv.conf /etc/hosts /etc/pip.conf "$HOME/.config/pip" /etc/ssl/certs/ca-certificates.crt \
  /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources /etc/apt/apt.conf; do
  if [ -e "$path" ]; then
    mkdir -p "$root$(dirname "$path")"
    cp -rLT "$path" "$root$path"
  fi
done
if [ -e /etc/apt/sources.list.d/debian.sources ]; then rm -f "$root/etc/apt/sources.list"; fi
# Folders that pip is told of; the files of an index lie beside its "simple" folder.
folders=$(python3 -m pip config list 2>/dev/null | grep -oE "(file://)?/[^ '\\]+" | sed 's|^file://||; s|/simple/*$||' | sort -u || true)

rm -rf "$root/srv/khoithong"
git clone --quiet --no-hardlinks "$checkout" "$root/srv/khoithong"

passed=$(env | grep -E '^(PIP_[A-Z_]+|UV_[A-Z_]+|[A-Za-z]*_(proxy|PROXY)|SSL_CERT_FILE|SSL_CERT_DIR|CI|TERM)=' || true)
export ROOT_FOLDER=$root FOLDERS=$folders PASSED=$passed

# In namespaces of their own, so that no mount and no process of the bare root outlives this script.
exec unshare --mount --pid --fork --kill-child bash -euo pipefail -c '
  mount -t proc proc "$ROOT_FOLDER/proc"
  mount --rbind /sys "$ROOT_FOLDER/sys"
  mount --rbind /dev "$ROOT_FOLDER/dev"
  for folder in $FOLDERS; do
    [ -d "$folder" ] || continue
    mkdir -p "$ROOT_FOLDER$folder"
    mount --bind -o ro "$folder" "$ROOT_FOLDER$folder"
  done
  mapfile -t passed <<<"$PASSED"
  chroot "$ROOT_FOLDER" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    ${PASSED:+"${passed[@]}"} /bin/sh -c "cd /srv/khoithong && exec \"\$@\"" sh "$@"
' bash "$@"
