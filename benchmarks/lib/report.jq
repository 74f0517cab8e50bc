# What the numbers of benchmarks/run mean. In "results", the inputs are variables; the others take its result.

def rows: split("\n") | map(select(. != "") | split("\t"));

def median: sort | if length == 0 then null else (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2 end;

def summary($name):
    {name: $name, runs: map(.[3] | tonumber), cpu: (map(.[4] | tonumber) | median), memory: (map(.[5] | tonumber) | max)}
    | .median = (.runs | median) | .min = (.runs | min) | .max = (.runs | max);

# The names in the order of their first lines.
def names: reduce .[] as $row ([]; if index([$row[2]]) then . else . + [$row[2]] end);

def cases($cases; $runs; $left):
    $cases | rows | map(. as [$group, $title, $base, $unit]
        | [$runs[] | select(.[0] == $group and .[1] == $title)] as $mine
        | [$mine | names[] as $name | map(select(.[2] == $name)) | summary($name)] as $contenders
        | ([$contenders[] | select(.name == $base) | .median] | first) as $one
        | {group: $group, title: $title, unit: $unit, base: $base,
           contenders: ($contenders | map(.ratio = (if $one then .median / $one else null end))),
           leftOut: [$left[] | select(.[0] == $group and .[1] == $title) | {name: .[2], why: .[3]}]});

def find($group; $title; $name):
    [.[] | select(.group == $group and .title == $title) | .base as $base
        | .contenders[] | select(.name == (if $name == "" then $base else $name end))] | first;

def targets($rows):
    . as $cases | $rows | map(. as [$group, $title, $name, $what, $most, $base, $baseTitle]
        | ($cases | find($group; $title; $name)) as $one
        | ($cases | find($group; $baseTitle; $base)) as $other
        | (if $one == null then null
           elif $what == "memory" then $one.memory
           elif $what == "value" then $one.median
           elif $other == null then null
           else $one.median / $other.median end) as $value
        | select($value != null)
        | {group: $group, title: $title, name: $name, what: $what, value: $value, target: ($most | tonumber)}
          + (if $what == "ratio" then {base: $other.name, baseTitle: $baseTitle} else {} end)
          + {met: ($value <= ($most | tonumber))});

def results:
    cases($cases; ($runs | rows); ($left | rows)) as $all
    | {host: $host[0], seconds: $seconds, cases: $all, targets: ($all | targets($targets | rows))};

def decimals($n): . as $x | (pow(10; $n)) as $ten | ($x * $ten | round | tostring) as $all
    | if $n == 0 then $all
      else (("0" * ([$n + 1 - ($all | length), 0] | max)) // "") + $all | .[:-$n] + "." + .[-$n:] end;

def megabytes: . / 1000000 | decimals(1) + " MB";
def time: . * 1000 | decimals(if . < 100 then 1 else 0 end) + " ms";
def shown($unit): if $unit == "B" then megabytes else time end;
def verdict: if .met then "met" else "MISSED" end;
def ratio: decimals(2);

# What a target was compared with, and what came out.
def finding: if .what == "ratio" then .value | ratio else .value | megabytes end;
def most: if .what == "ratio" then .target | ratio else .target | megabytes end;
def against:
    if .what == "memory" then "peak memory"
    elif .what == "value" then "-"
    elif .base == .name then "`" + .base + "`: " + .baseTitle
    else .base + (if .baseTitle == .title then "" else ": " + .baseTitle end) end;

def lines($group):
    .targets as $targets
    | .cases[] | select(.group == $group) | .title as $title | .unit as $unit
    | .contenders[] | .name as $name
    | [$title, $name, (.median | shown($unit)), (if .ratio then .ratio | ratio else "" end),
       "cpu " + (.cpu | time), (.memory | megabytes),
       ([$targets[] | select(.group == $group and .title == $title and .name == $name)
         | if .what == "ratio" then "target \(most): \(verdict)" else "at most \(most): \(finding), \(verdict)" end]
        | join("; "))]
    | @tsv;

def csv:
    (["group", "case", "contender", "run", "value", "unit"] | @csv),
    (.cases[] | .group as $group | .title as $title | .unit as $unit | .contenders[] | .name as $name
     | .runs | to_entries[] | [$group, $title, $name, .key + 1, .value, $unit] | @csv);

# name, ratio, target or NaN, and which colour: 1 ours, 2 podman, umoci and bare, 3 another program.
def bars:
    .targets as $targets
    | .cases[] | .group as $group | .title as $title | .base as $base
    | .contenders[] | select(.ratio != null and .name != $base) | .name as $name
    | ([$targets[] | select(.group == $group and .title == $title and .name == $name and .what == "ratio"
                            and .baseTitle == $title and .base == $base) | .target] | first) as $target
    | ["\($title): \($name) / \($base)", (.ratio | ratio), ($target // "NaN"),
       (if $name | test("^(racker|postroj)") then 1 elif $name | test("^(podman|umoci|bare)") then 2 else 3 end)]
    | @tsv;


# --- for the documents, in reStructuredText ---

def row: (.[0] | "   * -" + (if . == "" then "" else " " + . end)), (.[1:][] | "     -" + (if . == "" then "" else " " + . end));

def head($widths; $titles):
    ".. list-table::", "   :header-rows: 1", "   :widths: " + $widths, "", ($titles | row);

def host:
    (.host | "- \(.processor), \(.cores) cores, \(.memory | megabytes) of memory", "- \(.system), \(.kernel), \(.init)",
        "- files on \(.filesystem)", (.tools | to_entries[] | "- \(.key): \(.value)")),
    "- measured on \(.host.date) in \(.seconds / 60 | ceil) minutes; load before the run: \(.host.loadBefore)";

def target_table:
    head("34 26 24 8 8 8"; ["case", "program", "compared with", "is", "target", ""]),
    (.targets[] | [.title, .name, against, finding, most, verdict] | row);

def case_table:
    head("28 26 12 18 12 12 8"; ["case", "program", "median", "least to most", "processor", "memory", "ratio"]),
    (.cases[] | .title as $title | .unit as $unit | .contenders | to_entries[]
        | [if .key == 0 then $title else "" end] + (.value
            | [.name, (.median | shown($unit)), "\(.min | shown($unit)) to \(.max | shown($unit))", (.cpu | time),
               (.memory | megabytes), (if .ratio then .ratio | ratio else "" end)])
        | row),
    ([.cases[] | .title as $title | .leftOut[] | "\($title): \(.name): \(.why)"]
        | if . == [] then empty else "", "Left out, because it did not work there::", "", (.[] | "    " + .[:160]) end);

def table: host, "", target_table, "", case_table;
