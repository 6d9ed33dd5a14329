package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.projection.configuration.ConfigurationRows.Present;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Folds a batch in memory, starting at the current version of each configuration, and writes the result with one
 * statement per table.
 */
final class ConfigurationFold implements BatchFold {

    private final ConfigurationRows rows;

    ConfigurationFold(ConfigurationRows rows) {
        this.rows = rows;
    }

    @Override
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        var services = new TreeSet<String>();
        for (var recordedFact : facts) {
            if (recordedFact.fact() instanceof ConfigurationFact fact) {
                services.add(fact.service());
            }
        }
        if (services.isEmpty()) {
            return;
        }
        var present = rows.present(connection, services);
        var begun = newSpans(facts, present);
        if (!begun.isEmpty()) {
            // The same order in all folds, so that segments can't deadlock.
            rows.close(connection, firstVersions(begun));
            rows.insert(connection, begun);
            rows.upsert(connection, lastVersions(begun));
        }
    }

    /** Returns the new versions in the order of service and position, each with its successor in the batch. */
    private static List<Span> newSpans(List<RecordedFact> facts, Map<String, Present> present) {
        var now = new TreeMap<String, Present>(present);
        var byService = new TreeMap<String, List<ConfigurationVersion>>();
        for (var recordedFact : facts) {
            var version = recordedFact.fact() instanceof ConfigurationFact fact ? version(fact, recordedFact) : null;
            if (version == null) {
                continue;
            }
            var before = now.get(version.service());
            if (before != null && before.position() >= recordedFact.position()) {
                continue; // already folded
            }
            requireFollows(before, version);
            now.put(version.service(), new Present(version.position(), version.version(), version.isDeleted()));
            byService.computeIfAbsent(version.service(), _ -> new ArrayList<>()).add(version);
        }
        var spans = new ArrayList<Span>();
        byService.values().forEach(versions -> {
            for (int i = 0; i < versions.size(); i++) {
                spans.add(new Span(versions.get(i), i == 0, i + 1 < versions.size() ? versions.get(i + 1) : null));
            }
        });
        return spans;
    }

    /**
     * Version and its successor.
     *
     * @param first true if it is the service's first version of the batch, so that it ends the stored one
     * @param next null if the version is still current
     */
    record Span(
            ConfigurationVersion version,
            boolean first,
            @Nullable ConfigurationVersion next) {}

    private static List<ConfigurationVersion> firstVersions(List<Span> spans) {
        return spans.stream().filter(Span::first).map(Span::version).toList();
    }

    private static List<ConfigurationVersion> lastVersions(List<Span> spans) {
        return spans.stream()
                .filter(span -> span.next() == null)
                .map(Span::version)
                .toList();
    }

    private static @Nullable ConfigurationVersion version(ConfigurationFact fact, RecordedFact recordedFact) {
        return switch (fact) {
            case ConfigurationStored stored -> of(stored, stored.version(), null, stored.content(), recordedFact);
            case ConfigurationRolledBack back ->
                of(back, back.version(), back.restored(), back.content(), recordedFact);
            case ConfigurationDeleted deleted -> of(deleted, deleted.version(), null, null, recordedFact);
            case ConfigurationSchemaDeclared _, ConfigurationSchemaDropped _ -> null;
        };
    }

    private static ConfigurationVersion of(
            ConfigurationFact fact,
            int version,
            @Nullable Integer restored,
            @Nullable String content,
            RecordedFact recordedFact) {
        return new ConfigurationVersion(
                fact.service(),
                version,
                restored,
                content,
                fact.envelope(),
                recordedFact.position(),
                recordedFact.at());
    }

    /** Fails if the version can't follow the current one: continuing would mean guessing. */
    private static void requireFollows(@Nullable Present before, ConfigurationVersion after) {
        int last = before == null ? 0 : before.version();
        boolean follows = after.isDeleted()
                ? before != null && !before.deleted() && after.version() == last
                : after.version() == last + 1;
        if (!follows) {
            throw new IllegalStateException("Version " + after.version() + " of the configuration of "
                    + after.service() + " at position " + after.position() + " can't follow version " + last
                    + (before != null && before.deleted() ? ", which was deleted." : "."));
        }
    }
}
