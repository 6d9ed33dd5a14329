package dev.aicore.discovery.command.access;

import static dev.aicore.discovery.api.testing.KeyIssuedBuilder.aKeyIssued;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyCommand.ApiKeyOutcome;
import dev.aicore.discovery.api.access.ApiKeyCommand.IssueKey;
import dev.aicore.discovery.api.access.ApiKeyCommand.RevokeKey;
import dev.aicore.discovery.api.access.ApiKeyCommand.RotateKey;
import dev.aicore.discovery.api.access.ApiKeyFact.ApiKeyStream;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyIssued;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRevoked;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRotated;
import java.time.Instant;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeyAggregateTest {

    private static final Instant T = Instant.parse("2026-11-23T12:00:00Z");
    private static final EventMetadata BY = EventMetadata.ofRegistry("rest");

    private final AggregateTestFixture<ApiKeyAggregate> fixture = new AggregateTestFixture<>(ApiKeyAggregate.class);

    @Test
    void issueKey_withoutPriorKeys_isRecorded() {
        fixture.givenNoPriorActivity()
                .when(issue("a"))
                .expectEvents(issued("a", null))
                .expectResultMessagePayload(ApiKeyOutcome.DONE);
    }

    @Test
    void activeKey_isRotatedOrRevoked() {
        var rotate = new RotateKey(ApiKeyStream.NAME, "a", "33", T.plusSeconds(9), T, BY);
        fixture.given(issued("a", null))
                .when(rotate)
                .expectEvents(new KeyRotated("a", "33", T.plusSeconds(9), T, BY))
                .expectResultMessagePayload(ApiKeyOutcome.DONE);
        fixture.given(issued("a", null))
                .when(revoke("a"))
                .expectEvents(new KeyRevoked("a", T, BY))
                .expectResultMessagePayload(ApiKeyOutcome.DONE);
    }

    @Test
    void revokedOrMissingKey_isUnknown() {
        fixture.given(issued("a", null), new KeyRevoked("a", T, BY))
                .when(revoke("a"))
                .expectNoEvents()
                .expectResultMessagePayload(ApiKeyOutcome.UNKNOWN);
        fixture.given(issued("a", null))
                .when(new RotateKey(ApiKeyStream.NAME, "b", "33", T, T, BY))
                .expectNoEvents()
                .expectResultMessagePayload(ApiKeyOutcome.UNKNOWN);
    }

    @Test
    void rotateKey_afterExpiry_isUnknown() {
        fixture.given(issued("a", T))
                .when(new RotateKey(ApiKeyStream.NAME, "a", "33", T, T, BY))
                .expectNoEvents()
                .expectResultMessagePayload(ApiKeyOutcome.UNKNOWN);
    }

    @Test
    void keyLimit_countsOnlyUnexpiredKeys() {
        fixture.given(many(null)).when(issue("x")).expectNoEvents().expectResultMessagePayload(ApiKeyOutcome.TOO_MANY);
        fixture.given(many(T))
                .when(issue("x"))
                .expectEvents(issued("x", null))
                .expectResultMessagePayload(ApiKeyOutcome.DONE);
    }

    private static Object[] many(@Nullable Instant expiresAt) {
        return IntStream.range(0, ApiKeyStream.MAX_KEYS)
                .mapToObj(i -> issued("k" + i, expiresAt))
                .toArray();
    }

    private static IssueKey issue(String id) {
        return new IssueKey(ApiKeyStream.NAME, id, "ann", "service", "", "22", T, null, BY);
    }

    private static RevokeKey revoke(String id) {
        return new RevokeKey(ApiKeyStream.NAME, id, T, BY);
    }

    private static KeyIssued issued(String id, @Nullable Instant expiresAt) {
        return aKeyIssued(id, "22")
                .issuedAt(T)
                .expiresAt(expiresAt)
                .envelope(BY)
                .build();
    }
}
