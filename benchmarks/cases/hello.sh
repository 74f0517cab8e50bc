# shellcheck shell=sh disable=SC2154 # a part of benchmarks/run
# needs: java
java=$(sed -n "s/^    java='\(.*\)'/\1/p" "$(command -v racker || echo /dev/null)")
java=$(readlink -f "${java:-$(command -v java)}")
flags='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData'
mkdir -p "$work/hello"
"${java%/java}/javac" -d "$work/hello" "$here/Hello.java"
"${java%/java}/jar" --create --file "$work/hello.jar" -C "$work/hello" .
# shellcheck disable=SC2086 # lists of words
{
    "$java" $flags -XX:DumpLoadedClassList="$work/hello.classes" -cp "$work/hello.jar" Hello
    "$java" $flags -Xshare:dump -XX:SharedClassListFile="$work/hello.classes" \
        -XX:SharedArchiveFile="$work/hello.archive" -cp "$work/hello.jar"
} >/dev/null 2>&1
begin '--version' 'one-line class'
contend 'one-line class' "$java $flags -XX:SharedArchiveFile=$work/hello.archive -cp $work/hello.jar Hello"
for name in $programs; do
    contend "$name" "$name --version"
done
measure $((runs * 2))
target racker 2.0
