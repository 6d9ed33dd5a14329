package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Http;
import dev.aicore.discovery.bench.rig.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The discoveries of {@link Reads} by callers who say who they are: by a token, and by a key; both are counted against a rate. */
final class Guarded {

    private static final String NAME = "guarded";
    private static final int CALLERS = 16;
    private static final double LEAST_OF_RAW = 0.55;
    private static final JsonMapper JSON = new JsonMapper();

    /** So much that nobody is refused, and everybody counted. */
    private static final String RATE = "--service-discovery.server.rate-limit.per-principal=1000000";

    private Guarded() {}

    static List<Row> run(Stage stage, int seconds) throws Exception {
        int limit = stage.size().limit();
        var load = Machine.loadAverage();
        try (var ours = OurServer.start(stage, stage.size().usual(), RATE);
                var raw = RawProcess.launch(ours.lengthOfAnswer(Population.DISCOVER, limit))) {
            var asked = ours.population().discoveries(Population.DISCOVER, limit);
            var keys = new ArrayList<String>();
            var tokens = new ArrayList<String>();
            for (int caller = 0; caller < CALLERS; caller++) {
                var key = key(ours.http(), caller);
                keys.add("X-API-Key: " + key);
                tokens.add("Authorization: Bearer " + token(ours.http(), key));
            }
            var contestants = List.of(
                    raw.contestant(asked),
                    ours.contestant("discover, anonymous", asked),
                    ours.contestant("discover, with a JWT", asked.with(tokens)),
                    ours.contestant("discover, with an API key", asked.with(keys)));
            var figures = Trial.closed(stage, stage.options().connections(Reads.CONNECTIONS))
                    .measure(stage, contestants, stage.options().round(seconds));
            var table = new Table(NAME, "answers/s", load + " to " + Machine.loadAverage());
            double limitOfMachine = figures.getFirst().median();
            for (int i = 0; i < figures.size(); i++) {
                double ofRaw = figures.get(i).median() / limitOfMachine;
                table.add(contestants.get(i), figures.get(i), limitOfMachine, i < 2 ? List.of() : goals(ofRaw));
            }
            return table.rows();
        }
    }

    private static List<Goal> goals(double ofRaw) {
        return List.of(
                new Goal("≥ %.2f of the bare server (%.2f)".formatted(LEAST_OF_RAW, ofRaw), ofRaw >= LEAST_OF_RAW));
    }

    private static String key(Http http, int caller) throws IOException, InterruptedException {
        return said(
                http,
                "/api/v1/admin/api-keys",
                "{\"principal\": \"caller-%d\", \"role\": \"viewer\"}".formatted(caller),
                "key");
    }

    private static String token(Http http, String key) throws IOException, InterruptedException {
        return said(http, "/api/v1/auth/token", "", "access_token", "X-API-Key", key);
    }

    private static String said(Http http, String path, String body, String name, String... headers)
            throws IOException, InterruptedException {
        var answer = http.post(path, body, headers);
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).at("/data/" + name).asString();
    }
}
