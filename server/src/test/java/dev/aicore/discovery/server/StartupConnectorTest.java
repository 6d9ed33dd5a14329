package dev.aicore.discovery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.aicore.discovery.config.time.ManualTimeSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupConnectorTest {

    private final List<String> failures = new ArrayList<>();
    private final Connection connection = mock();
    private int attempts;

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "53300", "57P03"})
    void connect_afterTemporaryFailures_returnsConnection(String state) throws SQLException {
        failures.addAll(List.of(state, state));

        assertThat(connector(Duration.ofSeconds(30)).connect(this::attempt)).isSameAs(connection);
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void connect_afterTimeout_failsWithLastFailure() {
        for (int i = 0; i < 100; i++) {
            failures.add("08001");
        }

        assertThatThrownBy(() -> connector(Duration.ofSeconds(2)).connect(this::attempt))
                .isInstanceOf(SQLException.class)
                .hasMessage("attempt 5");
    }

    /** A wrong password, a missing database, and a server that isn't PostgreSQL don't change while one waits. */
    @ParameterizedTest
    @ValueSource(strings = {"28P01", "3D000", "08P01"})
    void connect_wrongSettings_failsAtOnce(String state) {
        failures.add(state);

        assertThatThrownBy(() -> connector(Duration.ofSeconds(30)).connect(this::attempt))
                .isInstanceOf(SQLException.class);
        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void connect_untrustedCertificate_failsAtOnce() {
        var failure = new SQLException("SSL error", "08006", new SSLHandshakeException("unknown issuer"));

        assertThatThrownBy(() -> connector(Duration.ofSeconds(30)).connect(() -> {
                    attempts++;
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(attempts).isEqualTo(1);
    }

    private StartupConnector connector(Duration timeout) {
        var time = ManualTimeSource.atNoon();
        return new StartupConnector(timeout, time, time::pass);
    }

    private Connection attempt() throws SQLException {
        attempts++;
        if (failures.isEmpty()) {
            return connection;
        }
        throw new SQLException("attempt " + attempts, failures.removeFirst());
    }
}
