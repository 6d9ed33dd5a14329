package dev.aicore.discovery.bench.rig;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Parses command lines of benchmarks. */
public final class CommandLineArguments {

    private CommandLineArguments() {}

    /**
     * Returns the number at an index.
     *
     * @throws BenchUsageException if it isn't a number from 1 to 999999; the message contains the argument and those
     *     before
     */
    public static int number(String[] arguments, int at) {
        if (at < arguments.length && arguments[at].matches("[1-9][0-9]{0,5}")) {
            return Integer.parseInt(arguments[at]);
        }
        throw missing(arguments, at, "a number from 1 to 999999");
    }

    /**
     * Returns the file name at an index.
     *
     * @throws BenchUsageException if it is missing; the message contains the argument and those before
     */
    public static String file(String[] arguments, int at) {
        if (at < arguments.length && !arguments[at].isBlank() && !arguments[at].startsWith("--")) {
            return arguments[at];
        }
        throw missing(arguments, at, "the name of a file");
    }

    /**
     * Returns a scenario by its name.
     *
     * @param options options to name in the message
     * @throws BenchUsageException if none has that name
     */
    public static <T> T scenario(String name, List<T> all, Function<T, String> nameOf, String options) {
        return all.stream()
                .filter(known -> nameOf.apply(known).equals(name))
                .findAny()
                .orElseThrow(() -> new BenchUsageException("'" + name + "' is not a scenario, expected "
                        + all.stream().map(nameOf).collect(Collectors.joining(", ")) + ", or " + options + "."));
    }

    private static BenchUsageException missing(String[] arguments, int at, String wanted) {
        var found = at < arguments.length ? "'" + arguments[at] + "'" : "nothing";
        var before = at == 0 ? "" : " after " + String.join(" ", Arrays.copyOf(arguments, at));
        return new BenchUsageException(
                "Expected " + wanted + before + ", found " + found + "; see ./registry bench --help.");
    }

    /** Thrown for an unknown or invalid command line. The message is for the user. */
    public static final class BenchUsageException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        public BenchUsageException(String message) {
            super(message);
        }
    }
}
