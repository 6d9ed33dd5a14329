# shellcheck shell=sh
# Finds JDK 25 and Maven, and installs them where permitted. ./registry sources this file.

# require_tools [install]: sets `jdk` and `mvn`, or exits. With `install` it installs missing tools where it can.
require_tools() {
  if find_tools; then
    return
  fi
  if [ "${1-}" = install ] && can_install; then
    install_missing
  else
    die "$missing found. Type: $(how_to_install)"
  fi
}

find_tools() {
  missing=''
  find_jdk || missing='no JDK 25'
  find_mvn || missing="${missing:+$missing and }no Maven"
  [ -z "$missing" ]
}

find_jdk() {
  home=${HOME:-/nonexistent}
  for jdk in "${JAVA_HOME-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* "$home"/.sdkman/candidates/java/* "$home"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$home"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$(home_of_java_on_path)"; do
    if is_jdk_25 "$jdk"; then
      return 0
    fi
  done
  return 1
}

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

home_of_java_on_path() {
  java -XshowSettings:properties -version 2>&1 </dev/null | sed -n 's/^ *java\.home = //p'
}

find_mvn() {
  for mvn in "$(command -v mvn || :)" "${MAVEN_HOME-}/bin/mvn" "${M2_HOME-}/bin/mvn"; do
    if [ -x "$mvn" ]; then
      return 0
    fi
  done
  return 1
}

how_to_install() {
  if ! is_debian; then
    echo 'your package manager'\''s command for a JDK 25 and Maven 3.9 (macOS: brew install openjdk@25 maven)'
  elif [ "$(id -u)" -eq 0 ]; then
    echo './registry --install'
  else
    echo 'sudo ./registry --install'
  fi
}

is_debian() {
  [ -f /etc/debian_version ] && command -v apt-get >/dev/null 2>&1
}

can_install() {
  is_debian && { [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null 2>&1; }
}

# --install
install_tools() {
  for flag in "$@"; do
    case $flag in
      --test-programs) test_programs=yes ;;
      --ui) browser=yes ;;
      *) misuse "unknown flag '$flag' of --install" ;;
    esac
  done
  if ! find_tools; then
    is_debian || die "--install supports only Debian-based systems. Here, type $(how_to_install)"
    can_install || die "--install needs root. Type: $(how_to_install)"
    install_missing
  fi
  echo "JDK 25: $jdk"
  echo "Maven: $mvn"
  [ "${test_programs-}" != yes ] || install_test_programs
  [ "${browser-}" != yes ] || install_browser
}

# Clients of other protocols, with which tests check the registry. A test is skipped if its program is missing.
install_test_programs() {
  packages=$(missing_test_packages)
  [ -z "$packages" ] || install_packages '--test-programs' 'programs of tests'
}

# Prints the packages of the programs that are missing.
missing_test_packages() {
  wanted=''
  for program in dig:bind9-dnsutils haproxy:haproxy caddy:caddy prometheus:prometheus vmagent:victoria-metrics \
    etcd:etcd-server node:nodejs npm:npm go:golang-go kustomize:kustomize; do
    PATH=$PATH:/usr/sbin command -v "${program%%:*}" >/dev/null 2>&1 || wanted="$wanted ${program#*:}"
  done
  # Debian puts the programs of the server on no PATH.
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
  echo "${wanted# }"
}

# The browser of the tests of the web UI, and fonts with the marks that its pages use.
install_browser() {
  packages='chromium fonts-dejavu-core'
  [ -x /usr/bin/chromium ] || install_packages '--ui' 'Chromium'
}

# Installs $packages, for the flag $1, which are called $2 if that fails.
install_packages() {
  can_install || die "--install $1 needs a Debian-based system, and root or sudo"
  missing=$2
  mkdir -p "$root/target"
  apt_log=$root/target/install.log
  echo "registry: installing $packages by apt-get (log: target/install.log)" >&2
  apt_get update >"$apt_log" 2>&1 || install_failed 'apt-get update failed'
  # shellcheck disable=SC2086 # a list of words
  apt_get install -y --no-install-recommends $packages >>"$apt_log" 2>&1 || install_failed "apt-get could not install $packages"
}

install_missing() {
  mkdir -p "$root/target"
  apt_log=$root/target/install.log
  echo "registry: $missing found. Installing by apt-get (--no-install forbids it; log: target/install.log)" >&2
  apt_get update >"$apt_log" 2>&1 || install_failed 'apt-get update failed'
  packages=''
  find_jdk || packages=$(jdk_package) || exit 1
  find_mvn || packages="$packages maven"
  before=$(update-alternatives --get-selections)
  # shellcheck disable=SC2086 # a list of words
  apt_get install -y --no-install-recommends $packages >>"$apt_log" 2>&1 || install_failed "apt-get could not install $packages"
  restore_alternatives
  find_tools || die "$packages is installed, but $missing was found"
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q "$@"
}

# Asks for a password only on a terminal.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

install_failed() {
  tail -n 10 "$apt_log" >&2
  die "$1; its log is $apt_log. Without it, type: $(how_to_install)"
}

jdk_package() {
  for package in temurin-25-jdk openjdk-25-jdk-headless; do
    if [ -n "$(apt-cache -q show "$package" 2>/dev/null)" ]; then
      echo "$package"
      return
    fi
  done
  die "apt has no package of JDK 25; unpack one from https://adoptium.net under /usr/lib/jvm"
}

# Restores the default `java` of the machine, which the installation of a newer JDK would change.
restore_alternatives() {
  echo "$before" | while read -r name _ choice; do
    if [ "$(update-alternatives --query "$name" 2>/dev/null | sed -n 's/^Value: //p')" != "$choice" ]; then
      as_root update-alternatives --quiet --set "$name" "$choice" </dev/null || echo "registry: could not set $name back to $choice" >&2
    fi
  done
}
