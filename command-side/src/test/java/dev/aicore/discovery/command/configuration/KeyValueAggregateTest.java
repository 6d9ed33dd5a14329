package dev.aicore.discovery.command.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.test.matchers.Matchers.matches;
import static org.axonframework.test.matchers.Matchers.messageWithPayload;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome.Configured;
import dev.aicore.discovery.api.Outcome.Edit;
import dev.aicore.discovery.api.Outcome.Refused;
import dev.aicore.discovery.api.configuration.ConfigurationPrecondition;
import dev.aicore.discovery.api.configuration.KeyValueCommand.DeleteKeyValue;
import dev.aicore.discovery.api.configuration.KeyValueCommand.DeleteKeyValues;
import dev.aicore.discovery.api.configuration.KeyValueCommand.StoreKeyValue;
import dev.aicore.discovery.api.configuration.KeyValueFact;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueDeleted;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStream;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.config.settings.KeyValueSettings;
import dev.aicore.discovery.config.testing.GoldenFile;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class KeyValueAggregateTest {

    private static final Instant T = Instant.parse("2026-11-23T12:00:00Z");
    private static final EventMetadata ANN = by("ann");
    private static final EventMetadata BOB = by("bob");

    private static final KeyValueSettings LIMITS =
            new KeyValueSettings(3, DataSize.ofKilobytes(2), 2, DataSize.ofKilobytes(1), DataSize.ofMegabytes(1));

    @Test
    void store_ofNewKey_isVersionOfAllKeys() {
        after(stored("a", 1, 0, "x"), stored("b", 2, 0, "x"), deleted("b", 2))
                .when(store("b", "y", ConfigurationPrecondition.NONE))
                .expectEvents(stored("b", 3, 0, "y"))
                .expectResultMessagePayload(new Configured("b", Edit.CREATED, 3, T));
    }

    @Test
    void store_ofPresentKey_replacesItsVersion() {
        after(stored("a", 1, 0, "x"), stored("b", 2, 0, "x"))
                .when(store("a", "y", ConfigurationPrecondition.NONE))
                .expectEvents(stored("a", 3, 1, "y"))
                .expectResultMessagePayload(new Configured("a", Edit.CHANGED, 3, T));
    }

    @Test
    void store_ofEqualValue_changesNothing() {
        after(stored("a", 1, 0, "x"))
                .when(store("a", "x", ConfigurationPrecondition.NONE))
                .expectNoEvents()
                .expectResultMessagePayload(new Configured("a", Edit.UNCHANGED, 1, T));
        var flagged =
                new StoreKeyValue(KeyValueStream.NAME, "a", 7, base64("x"), ConfigurationPrecondition.NONE, T, ANN);
        after(stored("a", 1, 0, "x")).when(flagged).expectEvents(new KeyValueStored("a", 2, 1, 7, base64("x"), T, ANN));
    }

    @Test
    void store_withPrecondition_requiresCurrentVersion() {
        after(stored("a", 1, 0, "x"))
                .when(store("a", "y", ConfigurationPrecondition.oneOf(Set.of("\"1\""))))
                .expectEvents(stored("a", 2, 1, "y"));
        refused(
                after(stored("a", 1, 0, "x"), stored("a", 2, 1, "y"))
                        .when(store("a", "z", ConfigurationPrecondition.oneOf(Set.of("\"1\"")))),
                ErrorCode.PRECONDITION_FAILED);
        refused(
                after(stored("a", 1, 0, "x")).when(store("a", "y", ConfigurationPrecondition.ABSENT)),
                ErrorCode.PRECONDITION_FAILED);
        after(stored("a", 1, 0, "x"), deleted("a", 1))
                .when(store("a", "y", ConfigurationPrecondition.ABSENT))
                .expectEvents(stored("a", 2, 0, "y"));
    }

    @Test
    void store_ofConfigurationKey_isRefused() {
        refused(
                after(stored("a", 1, 0, "x")).when(store("config/orders/data", "{}", ConfigurationPrecondition.NONE)),
                ErrorCode.VALIDATION_FAILED);
        after().when(store("config/orders,prod/data", "{}", ConfigurationPrecondition.NONE))
                .expectEvents(stored("config/orders,prod/data", 1, 0, "{}"));
    }

    @Test
    void store_aboveLimits_isRefusedUntilKeysAreDeleted() {
        var two = new KeyValueFact[] {stored("a", 1, 0, "x"), stored("b", 2, 0, "x")};
        refused(after(two).when(store("c", "x", ConfigurationPrecondition.NONE)), ErrorCode.QUOTA_EXCEEDED);
        after(two).when(store("a", "y", ConfigurationPrecondition.NONE)).expectEvents(stored("a", 3, 1, "y"));
        after(two[0], two[1], deleted("b", 2))
                .when(store("c", "x", ConfigurationPrecondition.NONE))
                .expectEvents(stored("c", 3, 0, "x"));

        var three = Stream.concat(Stream.of(two), Stream.of(new KeyValueStored("c", 3, 0, 0, base64("x"), T, BOB)))
                .toArray(KeyValueFact[]::new);
        refused(
                after(three)
                        .when(new StoreKeyValue(
                                KeyValueStream.NAME, "d", 0, "", ConfigurationPrecondition.NONE, T, BOB)),
                ErrorCode.QUOTA_EXCEEDED);

        var large = "x".repeat(1_000);
        refused(
                after(stored("a", 1, 0, large)).when(store("b", large, ConfigurationPrecondition.NONE)),
                ErrorCode.QUOTA_EXCEEDED);
        after(stored("a", 1, 0, large))
                .when(store("a", "x".repeat(999), ConfigurationPrecondition.NONE))
                .expectEvents(stored("a", 2, 1, "x".repeat(999)));
    }

    @Test
    void delete_withPrecondition_requiresCurrentVersionOfPresentKey() {
        after(stored("a", 1, 0, "x"))
                .when(delete("a", ConfigurationPrecondition.oneOf(Set.of("\"1\""))))
                .expectEvents(deleted("a", 1))
                .expectResultMessagePayload(new Configured("a", Edit.DELETED, 1, T));
        refused(
                after(stored("a", 1, 0, "x")).when(delete("a", ConfigurationPrecondition.oneOf(Set.of("\"2\"")))),
                ErrorCode.PRECONDITION_FAILED);
        after(stored("b", 1, 0, "x"))
                .when(delete("a", ConfigurationPrecondition.oneOf(Set.of("\"1\""))))
                .expectNoEvents()
                .expectResultMessagePayload(new Configured("a", Edit.UNCHANGED, 0, T));
    }

    @Test
    void deleteAll_ofPrefix_deletesItsKeysTogether() {
        after(stored("a", 1, 0, "x"), stored("a/1", 2, 0, "x"), stored("a/2", 3, 0, "x"), stored("b", 4, 0, "x"))
                .when(new DeleteKeyValues(KeyValueStream.NAME, "a/", T, ANN))
                .expectEvents(deleted("a/1", 2), deleted("a/2", 3))
                .expectResultMessagePayload(new Configured("a/", Edit.DELETED, 2, T));
        var many = IntStream.rangeClosed(1, KeyValueAggregate.MAX_DELETED_KEYS + 1)
                .mapToObj(version -> stored("k" + version, version, 0, "x"))
                .toArray(KeyValueFact[]::new);
        refused(after(many).when(new DeleteKeyValues(KeyValueStream.NAME, "k", T, ANN)), ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void snapshot_roundTripsIndex() throws IOException {
        var aggregate = new KeyValueAggregate();
        aggregate.on(stored("a/ö", 1, 0, "x"));
        aggregate.on(stored("b", 2, 0, "yy"));
        aggregate.on(new KeyValueStored("b", 3, 2, 5, base64("zzz"), T, BOB));
        aggregate.on(stored("c", 4, 0, "x"));
        aggregate.on(deleted("c", 4));

        var codec = KeyValueSnapshotCodec.codec();
        var bytes = codec.encode().apply(aggregate);
        var again = codec.decode().apply(bytes);

        GoldenFile.assertHolds("key-value-index-snapshot.txt", Stream.of(new String(bytes, UTF_8)));
        assertThat(codec.encode().apply(again)).isEqualTo(bytes);
        assertThat(again.index().lastVersion()).isEqualTo(4);
        assertThat(again.index().usage()).isEqualTo(aggregate.index().usage());
        assertThat(again.index().usage().bytes()).isEqualTo(4 + 1 + 1 + 3);
        assertThat(again.index().usageOf("bob").keys()).isEqualTo(1);
        var b = Objects.requireNonNull(again.index().get("b"));
        assertThat(b.version()).isEqualTo(3);
        assertThat(b.hasValue(5, base64("zzz"))).isTrue();
        assertThat(b.hasValue(0, base64("zzz"))).isFalse();
    }

    private static TestExecutor<KeyValueAggregate> after(KeyValueFact... facts) {
        var fixture = new AggregateTestFixture<>(KeyValueAggregate.class);
        fixture.registerInjectableResource(new KeyValueQuotaPolicy(LIMITS));
        return facts.length == 0 ? fixture.givenNoPriorActivity() : fixture.given(List.of((Object[]) facts));
    }

    private static StoreKeyValue store(String key, String value, ConfigurationPrecondition expected) {
        return new StoreKeyValue(KeyValueStream.NAME, key, 0, base64(value), expected, T, ANN);
    }

    private static DeleteKeyValue delete(String key, ConfigurationPrecondition expected) {
        return new DeleteKeyValue(KeyValueStream.NAME, key, expected, T, ANN);
    }

    private static KeyValueStored stored(String key, int version, int replaced, String value) {
        return new KeyValueStored(key, version, replaced, 0, base64(value), T, ANN);
    }

    private static KeyValueDeleted deleted(String key, int version) {
        return new KeyValueDeleted(key, version, T, ANN);
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
    }

    private static EventMetadata by(String actor) {
        return new EventMetadata("default", actor, "operator", "10.0.0.9", "consul", "req-1", null, null, null);
    }

    private static void refused(ResultValidator<KeyValueAggregate> result, ErrorCode code) {
        result.expectNoEvents()
                .expectResultMessageMatching(messageWithPayload(
                        matches(payload -> payload instanceof Refused refused && refused.code() == code)));
    }
}
