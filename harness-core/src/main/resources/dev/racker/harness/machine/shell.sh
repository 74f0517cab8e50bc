#!/dev/racker/ld.so /dev/racker/sh
# What script(1), which gives a command a terminal, takes for a shell: SHELL -c COMMAND.
unset LD_LIBRARY_PATH SHELL
eval "$2"
