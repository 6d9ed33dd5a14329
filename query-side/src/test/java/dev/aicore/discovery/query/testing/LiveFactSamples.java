package dev.aicore.discovery.query.testing;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static dev.aicore.discovery.api.testing.InstanceRegisteredBuilder.anInstanceRegistered;
import static dev.aicore.discovery.api.testing.InstanceRevivedBuilder.anInstanceRevived;
import static dev.aicore.discovery.api.testing.LeaseExpiredBuilder.aLeaseExpired;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.eventstore.AppendListener.AppendedGroup;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.NewEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Builds facts, and groups of them as the event appender passes them on. */
public final class LiveFactSamples {

    public static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    private static final int BYTES = 10;

    private LiveFactSamples() {}

    public static InstanceRegistered registered(String service, String id) {
        return anInstanceRegistered(id, declaration(service, 100))
                .registeredAt(AT)
                .build();
    }

    /** Returns a registration whose metadata has about this many characters. */
    public static InstanceRegistered large(String service, String id, int characters) {
        var declaration = aDeclaration(service)
                .metadata(Map.of("said", "x".repeat(characters)))
                .zone("a")
                .build();
        return anInstanceRegistered(id, declaration).registeredAt(AT).build();
    }

    public static InstanceUpdated weighed(String service, String id, int weight) {
        return new InstanceUpdated(
                id,
                2,
                declaration(service, weight),
                AdminState.ACTIVE,
                List.of("weight"),
                AT,
                EventMetadata.ofRegistry("test"));
    }

    public static LeaseExpired expired(String service, String id) {
        return aLeaseExpired(id, service)
                .silentSince(AT)
                .expiredAt(AT)
                .removeAt(AT)
                .cause("silent")
                .build();
    }

    public static InstanceRemoved removed(String service, String id) {
        return new InstanceRemoved(id, service, AT, AT, "silent", EventMetadata.ofRegistry("lease"));
    }

    public static InstanceRevived revived(String service, String id) {
        return anInstanceRevived(id, declaration(service, 7))
                .version(3)
                .revivedAt(AT)
                .cause("It was heard.")
                .build();
    }

    /** Returns a group that begins at a position; each fact has ten bytes. */
    public static AppendedGroup group(long first, InstanceFact... facts) {
        var entries = Arrays.stream(facts)
                .map(fact -> new NewEvent(3, first, "F", 1, true, fact.id(), new byte[BYTES], fact))
                .toList();
        return new AppendedGroup(new AppendResult(first, facts.length, AT), entries);
    }

    /** Returns a group without facts. */
    public static AppendedGroup observations(long first) {
        return new AppendedGroup(
                new AppendResult(first, 1, AT), List.of(new NewEvent(3, first, "O", 1, false, null, new byte[BYTES])));
    }

    private static Declaration declaration(String service, int weight) {
        return aDeclaration(service).weight(weight).zone("a").build();
    }
}
