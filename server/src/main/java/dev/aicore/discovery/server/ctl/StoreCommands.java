package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.eventstore.CorruptRow;
import dev.aicore.discovery.web.ApiJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Implements {@code ctl store}. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Checks the event store and quarantines unreadable rows.")
final class StoreCommands {

    private final CtlContext ctlContext;

    StoreCommands(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Finds unreadable rows and moves them unchanged to store.quarantine:",
                "an EventQuarantined replaces an event, and a snapshot is dropped.",
                "No server may run on the database. Exit code 1 if a dry run finds rows."
            })
    int repair(
            @Option(names = "--dry-run", description = "Only report what would be done.") boolean dryRun,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Reason of the change, shown by the audit.")
                    @Nullable
                    String reason,
            @Mixin OfflineProjections.DatabaseLocation databaseLocation)
            throws Exception {
        if (!databaseLocation.isGiven()) {
            throw new UsageException("Set --database-url or --data-dir: no server may run on the database.");
        }
        try (var offlineProjections = OfflineProjections.start(databaseLocation)) {
            var damaged = offlineProjections.repair().find();
            if (!dryRun && !damaged.isEmpty()) {
                offlineProjections.repair().quarantine(damaged, metadataOf(reason), offlineProjections.now());
            }
            show(damaged, dryRun);
            return dryRun && !damaged.isEmpty() ? 1 : 0;
        }
    }

    private static EventMetadata metadataOf(@Nullable String reason) {
        return new EventMetadata(
                EventMetadata.DEFAULT_NAMESPACE, "ctl", EventMetadata.ADMIN, null, "ctl", null, reason, null, null);
    }

    private void show(List<CorruptRow> damaged, boolean dryRun) {
        var textTable = new TextTable("TABLE", "POSITION", "STREAM", "NUMBER", "TYPE", "INSTANCE", "ACTION", "REASON");
        for (var row : damaged) {
            textTable.add(
                    row.table(),
                    row.position(),
                    row.stream(),
                    row.seq(),
                    row.type(),
                    row.instanceId() == null ? "" : row.instanceId(),
                    (dryRun ? "would be " : "") + (row.isSnapshot() ? "dropped" : "quarantined"),
                    row.reason());
        }
        ctlContext.show(ApiJson.mapper().valueToTree(damaged), textTable, "All rows are readable.");
        if (!dryRun && !damaged.isEmpty() && !ctlContext.commonOptions.json()) {
            ctlContext
                    .terminal
                    .out()
                    .println("The removed rows are in store.quarantine. Next: `ctl projections rebuild --all`.");
        }
    }
}
