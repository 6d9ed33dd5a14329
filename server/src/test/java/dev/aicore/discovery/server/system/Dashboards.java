package dev.aicore.discovery.server.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the panels of {@code deploy/monitoring/dashboards.yaml}, and writes them as Grafana's JSON. */
final class Dashboards {

    static final Path DIRECTORY = Path.of("..", "deploy", "monitoring");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int SCHEMA_VERSION = 41;
    private static final int WIDTH = 12;
    private static final int HEIGHT = 8;

    private final JsonNode source;

    private Dashboards(JsonNode source) {
        this.source = source;
    }

    static Dashboards read() throws IOException {
        try (var yaml = Files.newBufferedReader(DIRECTORY.resolve("dashboards.yaml"))) {
            return new Dashboards(JSON.valueToTree(new Yaml().load(yaml)));
        }
    }

    /**
     * Query of a panel.
     *
     * @param sparse true if it may have no data
     */
    record PanelQuery(String panel, String expression, boolean sparse) {}

    List<PanelQuery> queries() {
        var found = new ArrayList<PanelQuery>();
        source.forEach(dashboard -> dashboard
                .path("panels")
                .forEach(panel -> panel.path("queries")
                        .forEach(query -> found.add(new PanelQuery(
                                panel.path("title").asString(),
                                query.asString(),
                                panel.path("sparse").asBoolean(false))))));
        return found;
    }

    /** Returns the content of the JSON files by file name. */
    Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        source.properties()
                .forEach(dashboard -> files.put(
                        dashboard.getKey() + ".json",
                        JSON.writeValueAsString(dashboard(dashboard.getKey(), dashboard.getValue())) + "\n"));
        return files;
    }

    private static ObjectNode dashboard(String name, JsonNode source) {
        var dashboard = JSON.createObjectNode()
                .put("uid", "service-discovery-" + name)
                .put("title", source.path("title").asString())
                .put("schemaVersion", SCHEMA_VERSION)
                .put("refresh", "15s");
        dashboard.putArray("tags").add("service-discovery");
        dashboard.putObject("time").put("from", "now-1h").put("to", "now");
        dashboard
                .putObject("templating")
                .putArray("list")
                .addObject()
                .put("name", "datasource")
                .put("type", "datasource")
                .put("query", "prometheus");
        var panels = dashboard.putArray("panels");
        source.path("panels").forEach(panel -> panels.add(panel(panels.size(), panel)));
        return dashboard;
    }

    private static ObjectNode panel(int index, JsonNode source) {
        var panel = JSON.createObjectNode()
                .put("id", index + 1)
                .put("type", "timeseries")
                .put("title", source.path("title").asString());
        panel.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
        panel.putObject("gridPos")
                .put("x", index % 2 * WIDTH)
                .put("y", index / 2 * HEIGHT)
                .put("w", WIDTH)
                .put("h", HEIGHT);
        panel.putObject("fieldConfig")
                .putObject("defaults")
                .put("unit", source.path("unit").asString())
                .put("min", 0);
        var targets = panel.putArray("targets");
        source.path("queries")
                .properties()
                .forEach(query -> targets.addObject()
                        .put("refId", String.valueOf((char) ('A' + targets.size() - 1)))
                        .put("expr", query.getValue().asString())
                        .put("legendFormat", query.getKey()));
        return panel;
    }
}
