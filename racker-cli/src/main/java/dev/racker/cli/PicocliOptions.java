package dev.racker.cli;

import dev.racker.harness.option.Flag;
import dev.racker.harness.option.Option;
import dev.racker.harness.option.Options;
import dev.racker.harness.option.Values;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Declared options as picocli knows them: for help, mistakes, completion and manual pages. */
final class PicocliOptions {

    private PicocliOptions() {}

    /** Gives what picocli makes a command line of: the command itself, or with the options that it declares. */
    static Object of(Object command) {
        if (!(command instanceof Options options)) {
            return command;
        }
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        for (Option option : options.all()) {
            if (option.names().isEmpty()) {
                spec.addPositional(word(option, spec.positionalParameters().size()));
            } else {
                spec.addOption(option(option));
            }
        }
        return spec;
    }

    private static OptionSpec option(Option option) {
        Access access = new Access(option);
        OptionSpec.Builder builder = OptionSpec.builder(option.names().toArray(String[]::new))
                .type(type(option))
                .auxiliaryTypes(option.type())
                .description(option.description())
                .hidden(option.isHidden())
                .getter(access)
                .setter(access);
        if (!(option instanceof Flag)) {
            builder.arity(option.arity()).paramLabel(option.label());
        }
        if (option.alone() != null) {
            builder.fallbackValue(option.alone());
        }
        return builder.build();
    }

    private static PositionalParamSpec word(Option option, int index) {
        Access access = new Access(option);
        return PositionalParamSpec.builder()
                .index(option instanceof Values ? index + "..*" : Integer.toString(index))
                .type(type(option))
                .auxiliaryTypes(option.type())
                .arity(option.arity())
                .required(!option.arity().startsWith("0"))
                .paramLabel(option.label())
                .description(option.description())
                .getter(access)
                .setter(access)
                .build();
    }

    private static Class<?> type(Option option) {
        return option instanceof Values ? List.class : option.type();
    }

    /** How picocli reads and sets what was given. */
    private record Access(Option option) implements IGetter, ISetter {

        @Override
        @SuppressWarnings("unchecked") // picocli has been told the type
        public <T> T get() {
            return (T) option.given();
        }

        @Override
        public <T> T set(T value) {
            T before = get();
            option.give(value);
            return before;
        }
    }
}
