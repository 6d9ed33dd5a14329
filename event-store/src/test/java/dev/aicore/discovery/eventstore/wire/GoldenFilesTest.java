package dev.aicore.discovery.eventstore.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.BinaryEvent;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.api.wire.WireTypes.WireType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Tests that every event that a store may have is read unchanged. Golden files are permanent: files are added, never
 * changed.
 */
class GoldenFilesTest {

    private static final Path GOLDEN = Path.of("..", "shared-api", "src", "test", "resources", "golden");

    private final WireSerializer serializer = new WireSerializer(new WireTypeRegistry(WireTypes.ALL));

    /** Golden file of a stored event's type and revision. */
    record Golden(WireType<?> type, int revision) {

        Path file(String extension) {
            return GOLDEN.resolve(type.name()).resolve("v" + revision + extension);
        }

        JsonNode json() {
            return WireJson.mapper().readTree(text(".json"));
        }

        byte[] payload() {
            return type.unpack() == null
                    ? text(".json").getBytes(UTF_8)
                    : HexFormat.of().parseHex(text(".hex").strip());
        }

        String key() {
            return type.name() + "/v" + revision;
        }

        private String text(String extension) {
            try {
                return Files.readString(file(extension));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return key();
        }
    }

    static Stream<Golden> all() {
        return WireTypes.ALL.stream()
                .flatMap(type ->
                        IntStream.rangeClosed(1, type.revision()).mapToObj(revision -> new Golden(type, revision)));
    }

    static Stream<Golden> ofToday() {
        return WireTypes.ALL.stream().map(type -> new Golden(type, type.revision()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void goldenFile_isReadAsCurrentEvent(Golden golden) {
        assertThat(read(golden)).isEqualTo(Objects.requireNonNull(GoldenEvents.ALL.get(golden.key())));
    }

    @ParameterizedTest
    @MethodSource("ofToday")
    void currentEvent_isWrittenAsGoldenFile(Golden golden) {
        var event = Objects.requireNonNull(GoldenEvents.ALL.get(golden.key()));
        var written = serializer.serialize(event, byte[].class);
        assertThat(written.getType().getName()).isEqualTo(golden.type().name());
        assertThat(written.getType().getRevision()).isEqualTo(Integer.toString(golden.revision()));
        if (event instanceof BinaryEvent) {
            assertThat(written.getData()).isEqualTo(golden.payload());
        } else {
            assertThat(WireJson.mapper().readTree(written.getData())).isEqualTo(golden.json());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void packedGoldenFile_matchesJsonDescription(Golden golden) {
        switch (read(golden)) {
            case ObservationsRecorded recorded -> assertThat(content(recorded)).isEqualTo(golden.json());
            case ShardCheckpointed taken -> assertThat(asJson(taken.contents())).isEqualTo(golden.json());
            case Object fact -> assertThat(fact).isNotInstanceOf(BinaryEvent.class);
        }
    }

    @Test
    void goldenFiles_matchWireTypesExactly() throws IOException {
        try (var files = Files.walk(GOLDEN)) {
            var stored = files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(stored)
                    .containsExactlyInAnyOrderElementsOf(
                            all().map(golden -> golden.file(".json")).toList());
        }
    }

    @Test
    void pastRevision_withoutUpcaster_isRefused() {
        var past = new Golden(WireTypes.ALL.getFirst(), 1);
        assertThatThrownBy(() -> serializer.deserialize(entry(past).getPayload()))
                .hasMessage("No upcaster converts InstanceRegistered from revision 1 to 2.");
    }

    private Object read(Golden golden) {
        return EventStreamUtils.upcastAndDeserializeDomainEvents(
                        Stream.of(entry(golden)), serializer, Upcasters.chain())
                .next()
                .getPayload();
    }

    private static GenericDomainEventEntry<byte[]> entry(Golden golden) {
        return new GenericDomainEventEntry<>(
                "RegistryShard",
                "shard-0",
                0,
                "1",
                Instant.EPOCH,
                golden.type().name(),
                Integer.toString(golden.revision()),
                golden.payload(),
                new byte[0]);
    }

    private static JsonNode content(ObservationsRecorded recorded) {
        var observations = new ArrayList<Map<String, Object>>();
        var times = new ArrayList<Long>();
        recorded.forEach((slot, kind, observedAt, decidedAt, first, second) -> {
            times.add(decidedAt);
            observations.add(Map.of(
                    "slot", slot,
                    "kind", kind.name().toLowerCase(Locale.ROOT),
                    "observed_at", observedAt,
                    "first", first,
                    "second", second));
        });
        assertThat(times).containsOnly(times.getFirst());
        return asJson(Map.of("decided_at", times.getFirst(), "observations", List.copyOf(observations)));
    }

    private static JsonNode asJson(Object content) {
        return WireJson.mapper().readTree(WireJson.mapper().writeValueAsBytes(content));
    }
}
