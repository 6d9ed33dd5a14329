package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.Threshold;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Formats the results as text and as JSON.
 *
 * @param facts facts about the machine, the versions and the rounds, in order
 */
record BenchReport(Map<String, String> facts, List<DiscoverReportRow> rows) {

    private static final JsonMapper JSON = JsonMapper.shared();

    String markdown() {
        var text = new StringBuilder();
        facts.forEach(
                (name, fact) -> text.append(name).append(": ").append(fact).append('\n'));
        text.append('\n').append(DiscoverReportRow.HEADER).append('\n');
        rows.forEach(discoverReportRow -> text.append(discoverReportRow).append('\n'));
        return text.toString();
    }

    String json() {
        var root = JSON.createObjectNode();
        facts.forEach(root.putObject("facts")::put);
        var all = root.putArray("rows");
        rows.forEach(discoverReportRow -> write(discoverReportRow, all.addObject()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void write(DiscoverReportRow discoverReportRow, ObjectNode node) {
        node.put("scenario", discoverReportRow.scenario())
                .put("what", discoverReportRow.what())
                .put("unit", discoverReportRow.unit())
                .put("median", discoverReportRow.figure().median());
        numbers(discoverReportRow.figure().sorted(), node.putArray("figures"));
        if (discoverReportRow.ratio() > 0) {
            node.put("ratio", discoverReportRow.ratio());
        }
        var rounds = discoverReportRow.rounds();
        if (rounds != null) {
            node.put("p50_ms", rounds.p50Millis())
                    .put("best_p99_ms", rounds.bestP99Millis())
                    .put("best_p999_ms", rounds.bestP999Millis())
                    .put("cpu_us", rounds.cpuMicros())
                    .put("counted", rounds.counted())
                    .put("errors", rounds.errors());
            write(rounds.warmUp(), node);
        }
        node.put("load_average", discoverReportRow.load());
        var targets = node.putArray("targets");
        for (Threshold threshold : discoverReportRow.goals()) {
            targets.addObject().put("target", threshold.words()).put("met", threshold.met());
        }
    }

    private static void write(WarmUpDetector warmUpDetector, ObjectNode node) {
        if (warmUpDetector.pieces() > 0) {
            node.putObject("warm_up")
                    .put("cold_per_second", warmUpDetector.cold())
                    .put("pieces", warmUpDetector.pieces())
                    .put("warm", warmUpDetector.isWarm());
        }
    }

    private static void numbers(List<Double> numbers, ArrayNode array) {
        numbers.forEach(array::add);
    }
}
