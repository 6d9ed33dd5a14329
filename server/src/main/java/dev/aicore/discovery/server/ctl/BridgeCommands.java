package dev.aicore.discovery.server.ctl;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Implements {@code ctl bridges}. */
@Command(
        name = "bridges",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows, plans, pauses and resumes the bridges to other registries.")
final class BridgeCommands {

    private static final String PATH = "/api/v1/admin/bridges";

    private final CtlContext ctlContext;

    BridgeCommands(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the bridges with their state.")
    void list() {
        var answer = ctlContext.api().get(PATH);
        var textTable = new TextTable(
                "NAME", "KIND", "DIRECTION", "STATE", "NODE", "IN", "OUT", "REFUSED", "LAG MS", "SOURCE", "LAST ERROR");
        for (var bridge : answer.at("/data/bridges")) {
            add(bridge, textTable);
        }
        ctlContext.show(answer, textTable, "No bridges are configured in bridges.definitions.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows what a bridge would add, change and remove now, without writing it.")
    void plan(@Parameters(paramLabel = "NAME", description = "Name of the bridge.") String name) {
        var answer = ctlContext.api().get(PATH + "/" + CtlHttpClient.encode(name) + "/plan");
        var textTable = new TextTable("SIDE", "ACTION", "SERVICE", "ID", "ADDRESS", "PORT");
        add("here", answer.at("/data/imports/writes"), textTable);
        add("there", answer.at("/data/exports/writes"), textTable);
        ctlContext.show(answer, textTable, "The bridge has nothing to write.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Stops the writes of a bridge.")
    void pause(@Parameters(paramLabel = "NAME", description = "Name of the bridge.") String name) {
        change(name, "pause");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Lets a bridge write again, also the removals that it has stopped for.")
    void resume(@Parameters(paramLabel = "NAME", description = "Name of the bridge.") String name) {
        change(name, "resume");
    }

    private void change(String name, String action) {
        var answer = ctlContext.api().send("POST", PATH + "/" + CtlHttpClient.encode(name) + "/" + action);
        ctlContext.show(
                answer, "The bridge " + name + " is " + answer.at("/data/state").asString() + ".");
    }

    private static void add(JsonNode bridge, TextTable textTable) {
        textTable.add(
                bridge.path("name"),
                bridge.path("kind"),
                bridge.path("direction"),
                bridge.path("state"),
                bridge.path("node"),
                bridge.path("imported"),
                bridge.path("exported"),
                bridge.path("refused"),
                bridge.path("lag_ms"),
                bridge.path("source_version"),
                bridge.path("last_error"));
    }

    private static void add(String side, JsonNode writes, TextTable textTable) {
        for (var write : writes) {
            textTable.add(
                    side,
                    write.path("action"),
                    write.path("service"),
                    write.path("id"),
                    write.path("address"),
                    write.path("port"));
        }
    }
}
