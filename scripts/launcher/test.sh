# shellcheck shell=sh
# Shows the progress of tests. ./registry sources this file.

# Reduces Maven's output to a line per module and test class, the summaries of Surefire, and failures with their logs.
show_tests() {
  failing='' in_failure=no
  while IFS= read -r line; do
    case $line in
      '[INFO] Building '*']')
        name=${line#'[INFO] Building '}
        printf '\n== %s\n' "${name%% [0-9]*}"
        ;;
      '[INFO] Tests run: '*' -- in '* | '[WARNING] Tests run: '*' -- in '*) show_class "$line" ;;
      '[ERROR] Tests run: '*' -- in '*)
        in_failure=yes failing="$failing ${line##* -- in }"
        printf '%s\n' "$line"
        ;;
      *'Tests run: '* | '[ERROR] '* | '[WARNING] '*'.java'* | '[INFO] BUILD '* | '[INFO] Total time: '*) printf '%s\n' "$line" ;;
      '[INFO] '* | '[WARNING] '*) in_failure=no ;;
      *) [ "$in_failure" = no ] || printf '%s\n' "$line" ;;
    esac
  done
  for class in $failing; do
    show_log "$class"
  done
}

show_class() {
  counts=${1#*'Tests run: '}
  seconds=${1#*'Time elapsed: '}
  printf '  %4s tests %9s s  %s\n' "${counts%%,*}" "${seconds%% s*}" "${1##* -- in }"
}

# Prints the log of a failed test class, at most its last 200 lines.
show_log() {
  for log in "$root"/*/target/surefire-reports/"$1-output.txt"; do
    [ -s "$log" ] || continue
    printf '\n--- the end of %s\n' "${log#"$root/"}"
    tail -n 200 "$log"
  done
}
