# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: root systemd-nspawn umoci skopeo docker-registry dpkg-deb
store
package install notify 'systemd-notify --ready; exec sleep infinity' 10000000
# What the step "install" of a report says.
cat >"$work/step" <<END
sed -n "/\"name\" : \"install\"/,/\"log\"/s/^ *\"\$1\" : \"\{0,1\}\(.*[^\",]\)\"\{0,1\},\{0,1\}\$/\1/p" "$work/report/report.json"
END
cat >"$work/probe" <<END
postroj pkgprobe --image="docker://$image" --package="$work/packages/install.deb" --setup="$forget" \
    --check-unit=install --report-dir="$work/report" || exit
sh "$work/step" durationSeconds >"$work/value"
END
# The same command, as the report tells it, in a machine of the same image; its time is taken inside.
cat >"$work/inside" <<'END'
mkdir -p "${1%/*}"
cat >"$1"
eval "$2"
apt-get --quiet update >/dev/null 2>&1
start=$(date +%s%N)
eval "$3" >/dev/null 2>&1 || exit
end=$(date +%s%N)
echo "$start $end"
END
cat >"$work/bare-install" <<END
command=\$(sh "$work/step" command)
"$here/bare" "$tree" sh -c "\$(cat "$work/inside")" sh "\${command##* }" "$forget" "\$command" <"$work/packages/install.deb" |
    awk '{ printf "%.3f\n", (\$2 - \$1) / 1e9; found = 1 } END { exit !found }' >"$work/value"
END
begin 'apt-get in the step install' 'bare apt-get'
contend "postroj's step" "sh $work/probe"
contend 'bare apt-get' "sh $work/bare-install"
measure "$tenth"
target "postroj's step" 1.05
