# shellcheck shell=bash
# The programs that are needed: found, else installed through apt where that is possible, else named.

java_major() { # of a JDK; nothing if there is none
    local javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
    "$javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p' || true
}

missing_packages() {
    local major
    major=$(java_major)
    ((${major:-0} >= 17)) || echo openjdk-17-jdk-headless
    command -v mvn >/dev/null || echo maven
    command -v curl >/dev/null || echo curl
    command -v envsubst >/dev/null || echo gettext-base
    find_in_system nginx >/dev/null || echo nginx-light
    [[ $BUS != yes ]] || find_in_system nats-server >/dev/null || echo nats-server
}

find_in_system() { PATH=$PATH:/usr/sbin command -v "$1"; }

# The command that may install packages; nothing if this user may not.
apt_as_root() {
    [[ $INSTALL == yes ]] && command -v apt-get >/dev/null || return 0
    if ((EUID == 0)); then
        echo env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo sudo env
    fi
}

ensure_tools() {
    local packages as_root
    mapfile -t packages < <(missing_packages)
    if ((${#packages[@]})); then
        read -ra as_root <<<"$(apt_as_root)"
        ((${#as_root[@]})) || fail "these are missing: ${packages[*]}. Install them, on Debian by: apt-get install ${packages[*]}"
        say "Installing ${packages[*]} ..."
        install_packages || fail "apt-get could not install ${packages[*]}; its words are in $logs/install.log"
        mapfile -t packages < <(missing_packages)
        ((!${#packages[@]})) || fail "still missing after their installation: ${packages[*]}. Is JAVA_HOME an older JDK?"
    fi
    PATH=$PATH:/usr/sbin
}

# For the browser test, which says so itself where there is none. Ubuntu has other names for the packages.
ensure_browser() {
    local names packages as_root
    ! { command -v chromium && command -v chromedriver; } >/dev/null || return 0
    read -ra as_root <<<"$(apt_as_root)"
    for names in "chromium chromium-driver" "chromium-browser chromium-chromedriver"; do
        ((${#as_root[@]})) || break
        say "Installing $names ..."
        read -ra packages <<<"$names"
        ! install_packages || return 0
    done
    say "No chromium with its chromedriver could be installed; the browser test will fail without them."
}

install_packages() {
    local policy=/usr/sbin/policy-rc.d quiet="" result=0
    # The system's own services of NGINX and NATS must not start.
    if [[ ! -e $policy ]]; then
        quiet=yes
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" install -m 755 /dev/stdin $policy
    fi
    {
        "${as_root[@]}" apt-get update -q &&
            "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${packages[@]}"
    } >"$logs/install.log" 2>&1 </dev/null || result=$?
    [[ -z $quiet ]] || "${as_root[@]}" rm -f $policy
    return $result
}
