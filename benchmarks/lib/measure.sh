# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# Measuring: a case has contenders, which take turns, so that whatever else the machine does meets all of them.

# begin TITLE BASE [UNIT]: the case that the next contenders belong to, and the one that they are compared with. The unit
# is s, or B for bytes.
begin() {
    title=$1
    rm -rf "$work/case"
    mkdir "$work/case"
    number=10
    printf '%s\t%s\t%s\t%s\n' "$group" "$title" "$2" "${3:-s}" >>"$work/cases"
}

# contend NAME COMMAND [PREPARE]: the command is a list of words without a shell, measured from its start to its end. It
# may take the time of a part itself, and write seconds (or bytes) into the file $RACKER_BENCH_VALUE. What prepares it
# is a script, and not measured.
contend() {
    number=$((number + 1))
    mkdir "$work/case/$number"
    printf '%s\n' "$1" >"$work/case/$number/name"
    printf '%s\n' "$2" >"$work/case/$number/command"
    printf '%s\n' "${3:-:}" >"$work/case/$number/prepare"
}

# once DIRECTORY: one run; its line is in $work/line.
once() {
    rm -f "$work/value" "$work/line" "$work/log"
    sh -eu "$1/prepare" >"$work/log" 2>&1 </dev/null 9>&- || return 1
    hyperfine -N --style none --runs 1 --output "$work/log" --export-csv "$work/turn.csv" \
        "/usr/bin/time -q -f %M -o $work/peak $(cat "$1/command")" >"$work/hyperfine.log" 2>&1 9>&- || return 1
    read -r peak <"$work/peak"
    value=
    [ ! -e "$work/value" ] || read -r value <"$work/value"
    # Its columns from the end: mean, standard deviation, median, user, system, minimum, maximum.
    awk -F, -v OFS='\t' -v group="$group" -v title="$title" -v name="$(cat "$1/name")" -v value="$value" -v peak="$peak" '
        NR == 2 { print group, title, name, value == "" ? $(NF - 6) : value, $(NF - 3) + $(NF - 2), peak * 1024 }
        ' "$work/turn.csv" >"$work/line"
}

# give_up DIRECTORY: leaves a contender out, and says why.
give_up() {
    name=$(cat "$1/name")
    why=$(cat "$work/log" "$work/hyperfine.log" 2>/dev/null | tr -d '\r\t\033' | grep . | grep -v '^Error: Command term' |
        tail -n 1 || true)
    printf '  left out: "%s" in "%s" does not work here: %s\n' "$name" "$title" "${why:-it failed without a word}"
    printf '%s\t%s\t%s\t%s\n' "$group" "$title" "$name" "${why:-it failed without a word}" >>"$work/left"
    rm -rf "$1"
}

# measure RUNS: the first turn is to warm up, and shows what does not work here.
measure() {
    turn=0
    while [ "$turn" -le "$1" ]; do
        for contender in "$work"/case/*; do
            [ -d "$contender" ] || continue
            if ! once "$contender"; then
                give_up "$contender"
            elif [ "$turn" -gt 0 ]; then
                cat "$work/line" >>"$work/runs"
            fi
        done
        turn=$((turn + 1))
    done
}

# target NAME RATIO [BASE [TITLE]]: the ratio to the base that this contender may have at most; the base may be one of
# another case of the group.
target() {
    printf '%s\t' "$group" "$title" "$1" ratio "$2" "${3-}" >>"$work/targets"
    printf '%s\n' "${4:-$title}" >>"$work/targets"
}

# limit NAME memory|value BYTES
limit() {
    printf '%s\t%s\t%s\t%s\t%s\t\t\n' "$group" "$title" "$1" "$2" "$3" >>"$work/targets"
}
