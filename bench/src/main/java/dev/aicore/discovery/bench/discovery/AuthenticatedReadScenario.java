package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.MachineInfo;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures the discoveries of {@link ReadScenario} by authenticated callers: with a token and with an API key, both
 * under a rate limit.
 */
final class AuthenticatedReadScenario {

    private static final String NAME = "guarded";
    private static final int CALLERS = 16;
    private static final double MIN_OF_RAW = 0.55;
    private static final JsonMapper JSON = new JsonMapper();

    /** Rate limit that counts every caller and refuses none. */
    static final String RATE = "--service-discovery.server.rate-limit.per-principal=1000000";

    private AuthenticatedReadScenario() {}

    static List<DiscoverReportRow> run(BenchContext benchContext, int seconds) throws Exception {
        int limit = benchContext.size().limit();
        var load = MachineInfo.loadAverage();
        try (var registry =
                        RegistryServer.start(benchContext, benchContext.size().usual(), RATE);
                var raw = BareNettyProcess.launch(registry.responseLength(DiscoverPopulation.DISCOVER, limit))) {
            var requests = registry.population().discoveries(DiscoverPopulation.DISCOVER, limit);
            var keys = new ArrayList<String>();
            var tokens = new ArrayList<String>();
            for (int caller = 0; caller < CALLERS; caller++) {
                var key = key(registry.http(), caller);
                keys.add("X-API-Key: " + key);
                tokens.add("Authorization: Bearer " + token(registry.http(), key));
            }
            var contestants = List.of(
                    raw.contestant(requests),
                    registry.contestant("discover, anonymous", requests),
                    registry.contestant("discover, with a JWT", requests.with(tokens)),
                    registry.contestant("discover, with an API key", requests.with(keys)));
            var figures = LoadRun.closed(benchContext, benchContext.options().connections(ReadScenario.CONNECTIONS))
                    .measure(benchContext, contestants, benchContext.options().round(seconds));
            var scenarioTable = new ScenarioTable(NAME, "answers/s", load + " to " + MachineInfo.loadAverage());
            double limitOfMachine = figures.getFirst().median();
            for (int i = 0; i < figures.size(); i++) {
                double ofRaw = figures.get(i).median() / limitOfMachine;
                scenarioTable.add(contestants.get(i), figures.get(i), limitOfMachine, i < 2 ? List.of() : goals(ofRaw));
            }
            return scenarioTable.rows();
        }
    }

    private static List<Threshold> goals(double ofRaw) {
        return List.of(
                new Threshold("≥ %.2f of the bare server (%.2f)".formatted(MIN_OF_RAW, ofRaw), ofRaw >= MIN_OF_RAW));
    }

    private static String key(BenchHttpClient benchHttpClient, int caller) throws IOException, InterruptedException {
        return readField(
                benchHttpClient,
                "/api/v1/admin/api-keys",
                "{\"principal\": \"caller-%d\", \"role\": \"viewer\"}".formatted(caller),
                "key");
    }

    private static String token(BenchHttpClient benchHttpClient, String key) throws IOException, InterruptedException {
        return readField(benchHttpClient, "/api/v1/auth/token", "", "access_token", "X-API-Key", key);
    }

    private static String readField(
            BenchHttpClient benchHttpClient, String path, String body, String name, String... headers)
            throws IOException, InterruptedException {
        var answer = benchHttpClient.post(path, body, headers);
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " returned status " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).at("/data/" + name).asString();
    }
}
