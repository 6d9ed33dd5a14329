# Functions for the examples, which source this file. It does nothing on its own.

tell() {
  printf '\n# %s\n' "$1"
}

# Prints the curl command, runs it and prints the response. Ends with curl's exit code if the registry refuses the request.
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

# Reads the last write: the response waits until it reflects the position of the write.
reflect() {
  call "$1&min_position=$position"
}
