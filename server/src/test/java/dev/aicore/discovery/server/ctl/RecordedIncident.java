package dev.aicore.discovery.server.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.settings.DecisionSettings;
import dev.aicore.discovery.eventstore.wire.WireSerializer;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import dev.aicore.discovery.projection.bundle.BundleHeader;
import dev.aicore.discovery.projection.bundle.BundleHeader.Mark;
import dev.aicore.discovery.projection.bundle.BundleHeader.ObservationSummary;
import dev.aicore.discovery.web.ApiJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bundle of a hundred seconds in which three of four instances of the service {@code shop} fail and two recover. An
 * instance of {@code pay} fails two of three checks, and one of {@code quiet} is deregistered.
 */
final class RecordedIncident {

    static final Instant START = Instant.parse("2026-12-02T10:00:00Z");

    private static final EventMetadata BY = EventMetadata.ofRegistry("test");
    private static final WireSerializer WIRE = new WireSerializer(new WireTypeRegistry(WireTypes.ALL));

    private final List<String> lines = new ArrayList<>();
    private int observations;
    private int facts;
    private long position;

    private RecordedIncident() {}

    static RecordedIncident record() {
        var incident = new RecordedIncident();
        for (int i = 1; i <= 4; i++) {
            incident.register("shop-" + i, i - 1, declaration("shop", 100, null));
        }
        incident.register("pay-1", 4, declaration("pay", 100, new HealthCheck("ttl", 30, 5, 3, 2, Map.of())));
        incident.register("pay-2", 5, declaration("pay", 100, null));
        incident.register("quiet-1", 6, declaration("quiet", 100, null));
        incident.fail("shop-1", 0, 10);
        incident.fail("shop-2", 1, 20);
        incident.observe(4, ObservationKind.REPORTED_UNHEALTHY, 30);
        incident.fail("shop-3", 2, 40);
        incident.observe(4, ObservationKind.REPORTED_UNHEALTHY, 50);
        incident.add(
                new InstanceUpdated(
                        "shop-4",
                        2,
                        declaration("shop", 50, null),
                        AdminState.ACTIVE,
                        List.of("weight"),
                        START.plusSeconds(60),
                        BY),
                60);
        incident.recover("shop-3", 2, 70);
        incident.recover("shop-2", 1, 80);
        incident.add(new InstanceDeregistered("quiet-1", "quiet", START.plusSeconds(90), BY), 90);
        return incident;
    }

    /** Returns the bundle with the present format. */
    String bundle() {
        return bundle(BundleHeader.VERSION, new ObservationSummary(observations, 0, null));
    }

    /** Returns the bundle with a version; an earlier one has neither settings nor a summary. */
    String bundle(int version, @Nullable ObservationSummary summary) {
        var header = new BundleHeader(
                BundleHeader.NAME,
                version,
                "00000000-0000-0000-0000-000000000000",
                1,
                new Mark(0, START),
                new Mark(position, START.plusSeconds(100)),
                version < BundleHeader.VERSION
                        ? null
                        : DecisionSettings.of(Map.of()).values(),
                version < BundleHeader.VERSION ? null : summary);
        var text = ApiJson.mapper().writeValueAsString(header) + "\n" + String.join("\n", lines) + "\n";
        var trailer = new LinkedHashMap<String, Object>();
        trailer.put("rows", 0);
        trailer.put("facts", facts);
        trailer.put("sha256", sha256(text));
        return text + ApiJson.mapper().writeValueAsString(Map.of("end", trailer)) + "\n";
    }

    private void register(String id, int slot, Declaration declaration) {
        add(new InstanceRegistered(id, slot, 0, "ann", declaration, HealthState.HEALTHY, START, BY), 0);
    }

    private void fail(String id, int slot, int second) {
        observe(slot, ObservationKind.REPORTED_UNHEALTHY, second);
        add(changed(id, HealthState.HEALTHY, HealthState.UNHEALTHY, second), second);
    }

    private void recover(String id, int slot, int second) {
        observe(slot, ObservationKind.REPORTED_HEALTHY, second);
        add(changed(id, HealthState.UNHEALTHY, HealthState.HEALTHY, second), second);
    }

    private static HealthChanged changed(String id, HealthState from, HealthState to, int second) {
        return new HealthChanged(
                id, "shop", from, to, 1, "It reported so.", 0, List.of(), START.plusSeconds(second), BY);
    }

    private void observe(int slot, ObservationKind kind, int second) {
        long at = START.plusSeconds(second).toEpochMilli();
        var packer = new ObservationPacker(at);
        packer.add(slot, kind, at, 0, 0);
        add(packer.toEvent(), second);
    }

    private void add(RegistryEvent event, int second) {
        position++;
        var serialized = WIRE.serialize(event, byte[].class);
        boolean observed = event instanceof ObservationsRecorded;
        var line = new LinkedHashMap<String, Object>();
        line.put("position", position);
        line.put("seq", position);
        line.put("recorded_at", START.plusSeconds(second));
        line.put("shard", 0);
        line.put("revision", Integer.parseInt(serialized.getType().getRevision()));
        line.put("type", serialized.getType().getName());
        line.put(
                "payload",
                observed
                        ? Base64.getEncoder().encodeToString(serialized.getData())
                        : new String(serialized.getData(), UTF_8));
        observations += observed ? 1 : 0;
        facts += observed ? 0 : 1;
        lines.add(ApiJson.mapper().writeValueAsString(Map.of(observed ? "observation" : "fact", line)));
    }

    private static Declaration declaration(String service, int weight, @Nullable HealthCheck check) {
        return new Declaration(service, "1.0.0", "10.0.0.1", 80, "http", weight, 3_600, check, Map.of(), List.of(), "");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
