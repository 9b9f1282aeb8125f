# Runs in a pod: tells which of the addresses in $TARGETS a connection can be opened to. Connecting takes more than zero.
for target in $TARGETS; do
    connected=$(curl -s -m 3 -o /dev/null -w '%{time_connect}' "http://$target")
    case $connected in 0 | 0.000000) echo "no $target" ;; *) echo "yes $target" ;; esac
done
