package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aicore.discovery.config.testing.TestPostgres;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class TrackingTokenTest {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    private final TokenStore tokens = tokensOf("node");

    @BeforeEach
    void empty() {
        postgres.execute("DROP SCHEMA IF EXISTS store CASCADE");
        new StoreMigration(postgres.pool(), TestStore.small()).migrate();
        tokens.initializeTokenSegments("instances", 1, PositionTokens.token(0));
    }

    @Test
    void positionToken_isReadBack() {
        assertReadBack(PositionTokens.token(7));
    }

    @Test
    void replayToken_isReadBack() {
        assertReadBack(ReplayToken.createReplayToken(PositionTokens.token(7), PositionTokens.token(0), "why"));
    }

    /** Tests that a process restarted under the same name doesn't wait for its own claims to time out. */
    @Test
    void tokenClaim_bySameNode_succeedsImmediately() {
        tokens.fetchToken("instances", 0);

        assertThatCode(() -> tokensOf("node").fetchToken("instances", 0)).doesNotThrowAnyException();
    }

    private static TokenStore tokensOf(String owner) {
        return TokenStoreFactory.of(() -> postgres.pool().getConnection(), new WriterId(owner));
    }

    private void assertReadBack(TrackingToken token) {
        tokens.storeToken(token, "instances", 0);

        assertThatCode(() -> assertThat(tokens.fetchToken("instances", 0)).isEqualTo(token))
                .doesNotThrowAnyException();
    }
}
