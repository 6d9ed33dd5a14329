package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.rig.Threshold;
import java.util.List;

/**
 * Row of the table.
 *
 * @param who client that is measured
 * @param words value with its unit
 */
record ClientFigure(String figure, String who, String words, List<Threshold> thresholds) {

    static final String HEADER = """
            | figure | client | value | goal |
            |---|---|---|---|""";

    static ClientFigure of(String figure, String who, String words, Threshold... thresholds) {
        return new ClientFigure(figure, who, words, List.of(thresholds));
    }

    @Override
    public String toString() {
        return "| %s | %s | %s | %s |".formatted(figure, who, words, Threshold.words(thresholds));
    }
}
