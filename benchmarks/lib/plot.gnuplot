# Bars of ratios, to the left of 1 what is faster than what it is compared with. Takes bars, plot and height.
set terminal svg size 900,height fixed background "#ffffff" font "sans-serif,12"
set output plot
set datafile separator "\t"
set logscale x 2
set xtics ("1/16" 0.0625, "1/8" 0.125, "1/4" 0.25, "1/2" 0.5, "1" 1, "2" 2, "4" 4, "8" 8, "16" 16, "32" 32, "64" 64)
stats bars using 2 nooutput
low = STATS_min < 0.5 ? STATS_min / 1.5 : 0.4
high = STATS_max > 2 ? STATS_max * 1.6 : 2.5
count = STATS_records
set xrange [low:high]
set yrange [count - 0.3:-1]
set border 1
unset key
set xtics nomirror
set ytics nomirror scale 0
set lmargin at screen 0.52
set rmargin at screen 0.97
set tmargin 4
set bmargin 2
set style fill solid 1 noborder
set arrow from 1,-0.7 to 1,count - 0.3 nohead linecolor rgb "#888888"
colour(kind) = kind == 1 ? 0x2f81f7 : kind == 2 ? 0x8b949e : 0xd29922
set label "Time as a multiple of what each is compared with: left of 1 is faster" \
    at character 2,character int(height / 18.0) - 1.2 font ",14"
line = int(height / 18.0) - 2.8
set label "racker and postroj" at character 2,character line textcolor rgb "#2f81f7"
set label "podman, umoci and bare" at character 24,character line textcolor rgb "#8b949e"
set label "other programs" at character 50,character line textcolor rgb "#d29922"
set label "| target" at character 68,character line textcolor rgb "#da3633"
plot bars using (($2 + 1) / 2):0:(1 < $2 ? 1 : $2):(1 < $2 ? $2 : 1):($0 - 0.35):($0 + 0.35):(colour($4)):ytic(1) \
         with boxxyerror linecolor rgb variable, \
     bars using 3:($0 - 0.45):(0):(0.9) with vectors nohead linewidth 3 linecolor rgb "#da3633", \
     bars using ($2 > 1 ? $2 : 1):0:(sprintf(" %.2f", $2)) with labels left
