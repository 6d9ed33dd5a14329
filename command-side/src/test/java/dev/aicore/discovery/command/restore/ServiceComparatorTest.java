package dev.aicore.discovery.command.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.AbstractDataSource;

@Tag("integration")
class ServiceComparatorTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @Test
    void compare_withoutConnection_isStoreUnavailable() {
        assertThat(refusal(new UnreachableDataSource()).code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    }

    @Test
    void compare_ifStatementFails_isStoreUnavailable() {
        assertThat(refusal(POSTGRES.pool()).code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    }

    private static RegistryException refusal(DataSource database) {
        try (var comparator = new ServiceComparator(new ServiceComparisonReader(database), ManualTimeSource.atNoon())) {
            return catchThrowableOfType(
                    RegistryException.class,
                    () -> comparator.compare("web", new AtPosition(1)).block());
        }
    }

    private static final class UnreachableDataSource extends AbstractDataSource {

        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("unreachable");
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }
}
