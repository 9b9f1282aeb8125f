# shellcheck shell=bash
# Builds what is missing or older than its sources.

embedded_mongodb=deploy/local/embedded-mongodb

# What a module's build makes, and starting it begins with.
packaged() { # MODULE
    local target=$root/$1/target
    if [[ $1 == "$embedded_mongodb" ]]; then
        echo "$target/embedded-mongodb.jar"
    elif [[ -n $NATIVE ]]; then
        compgen -G "$target/*-runner" || echo "$target/runner"
    else
        echo "$target/quarkus-app/quarkus-run.jar"
    fi
}

is_outdated() { # MODULE
    local result
    result=$(packaged "$1")
    # Folders count too: their time tells of a deleted file.
    [[ ! -e $result ||
        -n $(find "$root/pom.xml" "$root/$1/pom.xml" "$root/$1/src/main" -newer "$result" -print -quit) ]]
}

build_what_changed() {
    local module outdated=()
    for module in "${services[@]}" "$embedded_mongodb"; do
        if [[ -n $NATIVE && $module != "$embedded_mongodb" ]]; then
            [[ -e $(packaged "$module") ]] || fail "there is no executable of $module yet; make it by: make native"
        elif is_outdated "$module"; then
            outdated+=("$module")
        fi
    done
    ((!${#outdated[@]})) || build "${outdated[@]}"
}

build() { # MODULE...
    local began=$SECONDS log=$logs/build.log modules pid
    modules=$(IFS=, && echo "$*")
    say "Building $* (the first time this loads its libraries and takes some minutes) ..."
    : >"$log"
    start build mvn -B -f "$root/pom.xml" -Dmaven.test.skip -Dspotless.check.skip -pl "$modules" package
    pid=$(pid_of build)
    tail -n +1 -f --pid="$pid" "$log" | show_build_progress &
    wait "$pid" || fail "the build failed; the reason is near the end of $log"
    rm -f "$pids/build"
    wait
    say "Built in $((SECONDS - began)) s."
}

show_build_progress() {
    awk '/^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]/ { print "  " $3 " " $NF; fflush() }
         /Downloaded from/ && ++files % 100 == 0 { print "  " files " files loaded"; fflush() }'
}
