# common.bash - what the server scripts share: a free port, waiting, stopping by the id in DIR/pid.

# A loopback port below the ephemeral range that nothing listens on now.
free_port() {
    local port
    while :; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo $port
            return
        fi
    done
}

alive() { [ -s "$dir/pid" ] && kill -0 "$(cat "$dir/pid")" 2>/dev/null; }

# wait_until COMMAND… : every 0.05 s for 30 s at most, as long as the server lives
wait_until() {
    local i
    for ((i = 0; i < 600; i++)); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        alive || return 1
        sleep 0.05
    done
    return 1
}

# Ask once; after 10 s insist.  The id is that of the process this folder's start began.
stop() {
    local i
    for ((i = 0; i < 200; i++)); do
        alive || break
        [ $i -eq 0 ] && kill "$(cat "$dir/pid")"
        [ $i -eq 180 ] && kill -KILL "$(cat "$dir/pid")"
        sleep 0.05
    done
    ! alive && rm -f "$dir/pid" "$dir/port"
}

# main PROGRAM start|stop DIR
main() {
    local program=$1
    if [ $# -ne 3 ] || { [ "$2" != start ] && [ "$2" != stop ]; }; then
        echo "usage: ${0##*/} start|stop DIR" >&2
        exit 2
    fi
    case $3 in /*) dir=$3 ;; *) dir=$PWD/$3 ;; esac
    if [ "$2" = start ] && ! command -v "$program" >/dev/null; then
        echo "${0##*/}: $program is not installed" >&2
        exit 69
    fi
    "$2"
}
