package dev.racker.harness.machine;

import dev.racker.harness.process.Command.Input;
import dev.racker.harness.process.Command.Output;

/**
 * What a payload is connected to.
 *
 * @param stdin where its standard input comes from
 * @param stdout where its standard output goes
 * @param stderr where its standard error goes
 */
public record PayloadStreams(Input stdin, Output stdout, Output stderr) {}
