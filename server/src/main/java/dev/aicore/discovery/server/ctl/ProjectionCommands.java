package dev.aicore.discovery.server.ctl;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Implements {@code ctl projections}. */
@Command(
        name = "projections",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows, rebuilds and verifies the read models.")
final class ProjectionCommands {

    private static final String PATH = "/api/v1/admin/projections";

    private final CtlContext ctlContext;

    ProjectionCommands(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Lists the read models with their positions and dead letters.")
    void list() {
        var answer = ctlContext.api().get(PATH);
        var textTable =
                new TextTable("NAME", "STATE", "POSITION", "LAG", "SECONDS", "SEGMENTS", "DEAD LETTERS", "REASON");
        for (var model : answer.at("/data/projections")) {
            textTable.add(
                    model.path("name"),
                    model.path("state"),
                    model.path("position"),
                    model.path("lag"),
                    model.path("lag_seconds"),
                    model.path("segments"),
                    model.path("dead_letters"),
                    model.path("detail"));
        }
        ctlContext.show(answer, textTable, "No read models exist.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows the progress or result of the last rebuild or verification.")
    void status() {
        var answer = ctlContext.api().get(PATH);
        var textTable = new TextTable("NAME", "TASK", "STATE", "PERCENT", "EVENTS/S", "BEGAN", "ENDED", "FAILURE");
        for (var model : answer.at("/data/projections")) {
            var task = model.path("task");
            if (!task.isMissingNode()) {
                textTable.add(
                        model.path("name"),
                        task.path("task"),
                        task.path("state"),
                        model.path("percent"),
                        task.path("events_per_second"),
                        task.path("started_at"),
                        task.path("ended_at"),
                        task.path("failure"));
            }
        }
        ctlContext.show(answer, textTable, "No read model was rebuilt or verified since the node started.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Rebuilds a read model from the store, while the old one serves.",
                "With --database-url or --data-dir: in this process, for a stopped server."
            })
    int rebuild(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "NAME",
                            description = "Read model: instances, audit or configurations.")
                    @Nullable
                    String name,
            @Option(names = "--all", description = "All read models.") boolean all,
            @Mixin OfflineProjections.DatabaseLocation location)
            throws Exception {
        return run("rebuild", name, all, location);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Compares a read model with the store, row by row; exit code 1 if they differ.",
                "With --database-url or --data-dir: in this process, for a stopped server."
            })
    int verify(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "NAME",
                            description = "Read model: instances, audit or configurations.")
                    @Nullable
                    String name,
            @Option(names = "--all", description = "All read models.") boolean all,
            @Mixin OfflineProjections.DatabaseLocation location)
            throws Exception {
        return run("verify", name, all, location);
    }

    private int run(
            String task, @Nullable String name, boolean all, OfflineProjections.DatabaseLocation databaseLocation)
            throws Exception {
        if ((name == null) != all) {
            throw new UsageException("Name one read model, or set --all.");
        }
        var wanted = name == null ? "all" : name;
        if (!databaseLocation.isGiven()) {
            return new RebuildRunner(ReadModelRebuilder.of(ctlContext.api()), ctlContext).run(task, wanted);
        }
        try (var offlineProjections = OfflineProjections.start(databaseLocation)) {
            return new RebuildRunner(offlineProjections.readModels(), ctlContext).run(task, wanted);
        }
    }

    /** Implements {@code ctl projections dead-letters}. */
    @Command(
            name = "dead-letters",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Lists, retries and drops facts that read models couldn't fold.")
    static final class DeadLetters {

        private static final String LETTERS = "/api/v1/admin/dead-letters";

        private final CtlContext ctlContext;

        DeadLetters(CtlContext ctlContext) {
            this.ctlContext = ctlContext;
        }

        @Command(
                mixinStandardHelpOptions = true,
                description = "Lists the dead letters by position; `waits` marks a fact that waits for an earlier one.")
        void list() {
            var answer = PageReader.read(ctlContext.api(), LETTERS, Map.of(), "dead_letters", Integer.MAX_VALUE);
            var textTable = new TextTable("POSITION", "TYPE", "SEQUENCE", "READ MODEL", "ATTEMPTS", "ERROR");
            for (var letter : answer.at("/data/dead_letters")) {
                for (var parked : letter.path("projections")) {
                    int attempts = parked.path("attempts").asInt();
                    textTable.add(
                            letter.path("position"),
                            letter.path("type"),
                            letter.path("sequence"),
                            parked.path("name"),
                            attempts == 0 ? "waits" : attempts,
                            parked.path("error"));
                }
            }
            ctlContext.show(answer, textTable, "No dead letters exist.");
        }

        @Command(
                mixinStandardHelpOptions = true,
                description = "Folds a dead letter again, with the facts that wait for it.")
        int retry(@Parameters(paramLabel = "POSITION", description = "Position of the fact.") long position) {
            var answer = ctlContext.api().send("POST", LETTERS + "/" + position + "/retry");
            var textTable = new TextTable("READ MODEL", "FOLDED", "STILL PARKED");
            boolean healed = true;
            for (var tried : answer.at("/data/projections")) {
                textTable.add(tried.path("name"), tried.path("folded"), tried.path("parked"));
                healed &= tried.path("parked").asLong() == 0;
            }
            ctlContext.show(answer, textTable, "");
            return healed ? 0 : 1;
        }

        @Command(
                mixinStandardHelpOptions = true,
                description = "Drops a dead letter: the read models continue without it."
                        + " Then retry the facts that waited for it.")
        void drop(
                @Parameters(paramLabel = "POSITION", description = "Position of the fact.") long position,
                @Option(
                                names = "--reason",
                                paramLabel = "TEXT",
                                description = "Reason of the change, shown by the audit.")
                        @Nullable
                        String reason) {
            var answer = ctlContext.api().delete(LETTERS + "/" + position, reason);
            ctlContext.show(
                    answer,
                    "The fact at position " + position + " is dropped from "
                            + ResponseFormatter.list(answer.at("/data/projections")) + "; the audit has it at position "
                            + answer.at("/meta/position").asString() + ".");
        }
    }
}
