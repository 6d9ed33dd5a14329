package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Goal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was measured, in words and as JSON.
 *
 * @param facts of the machine, the versions and the rounds, in order
 */
record Report(Map<String, String> facts, List<Row> rows) {

    private static final JsonMapper JSON = JsonMapper.shared();

    String markdown() {
        var text = new StringBuilder();
        facts.forEach(
                (name, fact) -> text.append(name).append(": ").append(fact).append('\n'));
        text.append('\n').append(Row.HEADER).append('\n');
        rows.forEach(row -> text.append(row).append('\n'));
        return text.toString();
    }

    String json() {
        var root = JSON.createObjectNode();
        facts.forEach(root.putObject("facts")::put);
        var all = root.putArray("rows");
        rows.forEach(row -> write(row, all.addObject()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void write(Row row, ObjectNode node) {
        node.put("scenario", row.scenario())
                .put("what", row.what())
                .put("unit", row.unit())
                .put("median", row.figure().median());
        numbers(row.figure().sorted(), node.putArray("figures"));
        if (row.ratio() > 0) {
            node.put("ratio", row.ratio());
        }
        var rounds = row.rounds();
        if (rounds != null) {
            node.put("p50_ms", rounds.p50Millis())
                    .put("best_p99_ms", rounds.bestP99Millis())
                    .put("best_p999_ms", rounds.bestP999Millis())
                    .put("cpu_us", rounds.cpuMicros())
                    .put("counted", rounds.counted())
                    .put("errors", rounds.errors());
            write(rounds.warmUp(), node);
        }
        node.put("load_average", row.load());
        var targets = node.putArray("targets");
        for (Goal goal : row.goals()) {
            targets.addObject().put("target", goal.words()).put("met", goal.met());
        }
    }

    private static void write(WarmUp warmUp, ObjectNode node) {
        if (warmUp.pieces() > 0) {
            node.putObject("warm_up")
                    .put("cold_per_second", warmUp.cold())
                    .put("pieces", warmUp.pieces())
                    .put("warm", warmUp.isWarm());
        }
    }

    private static void numbers(List<Double> numbers, ArrayNode array) {
        numbers.forEach(array::add);
    }
}
