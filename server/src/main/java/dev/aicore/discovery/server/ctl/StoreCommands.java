package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.config.eventstore.DamagedRow;
import dev.aicore.discovery.config.web.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is about the event store itself. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks through the event store, and takes out what can't be read.")
final class StoreCommands {

    private final Session session;

    StoreCommands(Session session) {
        this.session = session;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Finds the rows that can't be read, and moves them to store.quarantine as they are:",
                "an EventQuarantined stands in the place of an event, and a snapshot is dropped.",
                "No server may be running on the database. 1 if a dry run has found anything."
            })
    int repair(
            @Option(names = "--dry-run", description = "Only tell what would be done.") boolean dryRun,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the audit shows it.") @Nullable
                    String reason,
            @Mixin Offline.Where where)
            throws Exception {
        if (!where.isGiven()) {
            throw new Misuse("Give --database-url or --data-dir: no server may be running on what is repaired.");
        }
        try (var offline = Offline.start(where)) {
            var damaged = offline.repair().find();
            if (!dryRun && !damaged.isEmpty()) {
                offline.repair().quarantine(damaged, by(reason), offline.now());
            }
            show(damaged, dryRun);
            return dryRun && !damaged.isEmpty() ? 1 : 0;
        }
    }

    private static Envelope by(@Nullable String reason) {
        return new Envelope(Envelope.DEFAULT_NAMESPACE, "ctl", Envelope.ADMIN, null, "ctl", null, reason, null, null);
    }

    private void show(List<DamagedRow> damaged, boolean dryRun) {
        var table = new Table("TABLE", "POSITION", "STREAM", "NUMBER", "TYPE", "INSTANCE", "ACTION", "REASON");
        for (var row : damaged) {
            table.add(
                    row.table(),
                    row.position(),
                    row.stream(),
                    row.seq(),
                    row.type(),
                    row.instanceId() == null ? "" : row.instanceId(),
                    (dryRun ? "would be " : "") + (row.isSnapshot() ? "dropped" : "quarantined"),
                    row.reason());
        }
        session.show(Json.mapper().valueToTree(damaged), table, "Every row can be read.");
        if (!dryRun && !damaged.isEmpty() && !session.options.json()) {
            session.screen
                    .out()
                    .println("What was taken out is in store.quarantine. Next: `ctl projections rebuild --all`.");
        }
    }
}
