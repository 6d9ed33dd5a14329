# Functions that the examples source; the file does nothing on its own.

tell() {
  printf '\n# %s\n' "$1"
}

# Runs curl as it is printed, and fails if the registry refuses.
call() {
  printf '\n$ curl'
  for word; do
    case $word in
      *[!A-Za-z0-9@:/.=_-]*) printf " '%s'" "$word" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
  printf '\n'
  answer=$(curl -sS --fail-with-body "$@") || {
    status=$?
    printf '%s\n' "$answer"
    exit "$status"
  }
  printf '%s\n' "$answer"
  position=$(echo "$answer" | sed -n 's/.*"position":\([0-9]*\).*/\1/p')
}

# Reads what was just written: the answer waits until it reflects the write's position.
reflect() {
  call "$1&min_position=$position"
}
