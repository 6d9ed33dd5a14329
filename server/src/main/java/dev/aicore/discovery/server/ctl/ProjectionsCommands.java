package dev.aicore.discovery.server.ctl;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is about read models. */
@Command(
        name = "projections",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Tells how the read models are, builds them anew, compares them with the store.")
final class ProjectionsCommands {

    private static final String PATH = "/api/v1/admin/projections";

    private final Session session;

    ProjectionsCommands(Session session) {
        this.session = session;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Lists them: how far they are, and what they couldn't fold.")
    void list() {
        var answer = session.api().get(PATH);
        var table = new Table("NAME", "STATE", "POSITION", "LAG", "SECONDS", "SEGMENTS", "DEAD LETTERS", "REASON");
        for (var model : answer.at("/data/projections")) {
            table.add(
                    model.path("name"),
                    model.path("state"),
                    model.path("position"),
                    model.path("lag"),
                    model.path("lag_seconds"),
                    model.path("segments"),
                    model.path("dead_letters"),
                    model.path("detail"));
        }
        session.show(answer, table, "There are none.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Tells how the last rebuild or verification goes, or went.")
    void status() {
        var answer = session.api().get(PATH);
        var table = new Table("NAME", "TASK", "STATE", "PERCENT", "EVENTS/S", "BEGAN", "ENDED", "FAILURE");
        for (var model : answer.at("/data/projections")) {
            var task = model.path("task");
            if (!task.isMissingNode()) {
                table.add(
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
        session.show(answer, table, "No read model was built or verified since that node started.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Builds one anew from the store, while the old one serves.",
                "With --database-url or --data-dir: in this process, where no server runs."
            })
    int rebuild(
            @Parameters(arity = "0..1", paramLabel = "NAME", description = "instances, audit or configurations.")
                    @Nullable
                    String name,
            @Option(names = "--all", description = "All of them.") boolean all,
            @Mixin Offline.Where offline)
            throws Exception {
        return run("rebuild", name, all, offline);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Compares one with the store, row by row; 1 if anything differs.",
                "With --database-url or --data-dir: in this process, where no server runs."
            })
    int verify(
            @Parameters(arity = "0..1", paramLabel = "NAME", description = "instances, audit or configurations.")
                    @Nullable
                    String name,
            @Option(names = "--all", description = "All of them.") boolean all,
            @Mixin Offline.Where offline)
            throws Exception {
        return run("verify", name, all, offline);
    }

    private int run(String task, @Nullable String name, boolean all, Offline.Where where) throws Exception {
        if ((name == null) != all) {
            throw new Misuse("Name one read model, or say --all.");
        }
        var wanted = name == null ? "all" : name;
        if (!where.isGiven()) {
            return new TaskRun(ReadModels.of(session.api()), session).run(task, wanted);
        }
        try (var offline = Offline.start(where)) {
            return new TaskRun(offline.readModels(), session).run(task, wanted);
        }
    }

    /** The facts that couldn't be folded. */
    @Command(
            name = "dead-letters",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Lists the facts that read models couldn't fold, folds them again, gives them up.")
    static final class DeadLetters {

        private static final String LETTERS = "/api/v1/admin/dead-letters";

        private final Session session;

        DeadLetters(Session session) {
            this.session = session;
        }

        @Command(
                mixinStandardHelpOptions = true,
                description = "Lists them by position; `waits` waits for one before it.")
        void list() {
            var answer = Pages.read(session.api(), LETTERS, Map.of(), "dead_letters", Integer.MAX_VALUE);
            var table = new Table("POSITION", "TYPE", "OF", "READ MODEL", "TRIED", "ERROR");
            for (var letter : answer.at("/data/dead_letters")) {
                for (var parked : letter.path("projections")) {
                    int attempts = parked.path("attempts").asInt();
                    table.add(
                            letter.path("position"),
                            letter.path("type"),
                            letter.path("sequence"),
                            parked.path("name"),
                            attempts == 0 ? "waits" : attempts,
                            parked.path("error"));
                }
            }
            session.show(answer, table, "Every read model has every fact.");
        }

        @Command(mixinStandardHelpOptions = true, description = "Folds one again, and all that waits for it.")
        int retry(@Parameters(paramLabel = "POSITION", description = "The fact's position.") long position) {
            var answer = session.api().send("POST", LETTERS + "/" + position + "/retry");
            var table = new Table("READ MODEL", "FOLDED", "STILL OUT");
            boolean healed = true;
            for (var tried : answer.at("/data/projections")) {
                table.add(tried.path("name"), tried.path("folded"), tried.path("parked"));
                healed &= tried.path("parked").asLong() == 0;
            }
            session.show(answer, table, "");
            return healed ? 0 : 1;
        }

        @Command(
                mixinStandardHelpOptions = true,
                description = "Gives one up: the read models go on without it; retry what waited for it.")
        void drop(
                @Parameters(paramLabel = "POSITION", description = "The fact's position.") long position,
                @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the audit shows it.") @Nullable
                        String reason) {
            var answer = session.api().delete(LETTERS + "/" + position, reason);
            session.show(
                    answer,
                    "The fact at position " + position + " is dropped from "
                            + Shown.list(answer.at("/data/projections")) + "; the audit has it at position "
                            + answer.at("/meta/position").asString() + ".");
        }
    }
}
