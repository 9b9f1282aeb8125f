# shellcheck shell=bash
# Builds what is missing or older than its sources.

embedded_mongodb=$root/deploy/local/embedded-mongodb/target/embedded-mongodb.jar
build_stamp=$root/target/built

# The command that starts a service.
service_command() {
    local packaged=$root/$1/target
    if [[ -n $NATIVE ]]; then
        compgen -G "$packaged/*-runner" || true
    else
        printf '%s\n' "$packaged/quarkus-app/quarkus-run.jar"
    fi
}

build_what_changed() {
    local service
    if [[ -n $NATIVE ]]; then
        for service in "${services[@]}"; do
            [[ -n $(service_command "$service") ]] || fail "there is no executable of $service yet; make it by: make native"
        done
        [[ -e $embedded_mongodb ]] || build deploy/local/embedded-mongodb
    elif is_build_outdated; then
        build "$(IFS=,; echo "${services[*]}"),deploy/local/embedded-mongodb"
    fi
}

is_build_outdated() {
    local service sources=("$root/pom.xml" "$root/.mvn")
    [[ -e $build_stamp && -e $embedded_mongodb ]] || return 0
    for service in "${services[@]}"; do
        [[ -e $(service_command "$service") ]] || return 0
    done
    for service in "${services[@]}" deploy/local/embedded-mongodb; do
        sources+=("$root/$service/pom.xml" "$root/$service/src")
    done
    # Folders count too: their time tells of a deleted file.
    [[ -n $(find "${sources[@]}" -newer "$build_stamp" -print -quit) ]]
}

build() {
    local began=$SECONDS log=$logs/build.log
    say "Building (the first time this loads its libraries and takes some minutes) ..."
    mkdir -p "$root/target"
    touch "$build_stamp.new"
    mvn -B -f "$root/pom.xml" -DskipTests -Dspotless.check.skip -pl "$1" -am package 2>&1 </dev/null |
        tee "$log" | show_build_progress || fail "the build failed; the reason is near the end of $log"
    mv "$build_stamp.new" "$build_stamp"
    say "Built in $((SECONDS - began)) s."
}

show_build_progress() {
    awk '/^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]/ { print "  " $3 " " $NF; fflush() }
         /Downloaded from/ && ++files % 100 == 0 { print "  " files " files loaded"; fflush() }'
}
