# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# Results: one JSON document, and what is made of it.

write_results() {
    jq -n -L "$here/lib" --rawfile cases "$work/cases" --rawfile runs "$work/runs" --rawfile targets "$work/targets" \
        --rawfile left "$work/left" --slurpfile host "$work/host.json" --argjson seconds $(($(date +%s) - started)) \
        'include "report"; results' >"$work/results.json"
    mv "$work/results.json" "$output/results.json"
}

tell_group() {
    jq -r -L "$here/lib" --arg group "$1" 'include "report"; lines($group)' "$output/results.json" |
        awk -F '\t' '
            $1 != title { title = $1; printf "  %s\n", title }
            { printf "    %-34s %10s %6s %9s %9s %s\n", $2, $3, $4, $5, $6, $7 }'
}

write_views() {
    jq -r -L "$here/lib" 'include "report"; csv' "$output/results.json" >"$output/results.csv"
    jq -r -L "$here/lib" 'include "report"; table' "$output/results.json" >"$output/table.rst"
    jq -r -L "$here/lib" 'include "report"; bars' "$output/results.json" >"$work/bars"
    rm -f "$output/plot.svg"
    if [ ! -s "$work/bars" ]; then
        echo "There is nothing to compare, and so no plot."
        return
    fi
    height=$((110 + 20 * $(wc -l <"$work/bars")))
    gnuplot -e "bars = '$work/bars'; plot = '$work/plot.svg'; height = $height" "$here/lib/plot.gnuplot"
    # Browsers tell whether the reader's screen is dark, and a style goes before an attribute.
    sed '/^<title>/a\
<style>@media (prefers-color-scheme: dark) {\
  [fill="#ffffff"] { fill: #0d1117 } [color="black"] { color: #e6edf3 }\
  [fill="black"] { fill: #e6edf3 } [stroke="black"] { stroke: #e6edf3 }\
}</style>' "$work/plot.svg" >"$output/plot.svg"
}
