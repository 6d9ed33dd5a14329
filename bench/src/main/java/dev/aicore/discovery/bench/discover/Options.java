package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Misuse;

/**
 * How to measure.
 *
 * @param seconds of each round
 * @param rounds of each server, in turn
 * @param connections kept alive, each with one request at a time
 */
record Options(int seconds, int rounds, int connections) {

    /**
     * Reads the command line.
     *
     * @throws Misuse if nobody understands it
     */
    static Options parse(String... arguments) {
        int seconds = 10;
        int rounds = 3;
        int connections = 64;
        for (int i = 0; i < arguments.length; i += 2) {
            int number = i + 1 < arguments.length && arguments[i + 1].matches("[1-9][0-9]{0,4}")
                    ? Integer.parseInt(arguments[i + 1])
                    : 0;
            if (number == 0) {
                throw new Misuse(arguments[i] + " needs a number from 1 to 99999.");
            }
            switch (arguments[i]) {
                case "--seconds" -> seconds = number;
                case "--rounds" -> rounds = number;
                case "--connections" -> connections = number;
                default ->
                    throw new Misuse("'" + arguments[i]
                            + "' is no option; there are --seconds N, --rounds N and --connections N.");
            }
        }
        return new Options(seconds, rounds, connections);
    }
}
