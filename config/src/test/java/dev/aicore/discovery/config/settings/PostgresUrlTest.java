package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://user:pass@host:5432/db, jdbc:postgresql://host:5432/db, user, pass",
        "postgres://user:pass@host/db, jdbc:postgresql://host:5432/db, user, pass",
        "postgresql://u%40corp:p%3A%2F%40%25+x@host:5433/my%20db, jdbc:postgresql://host:5433/my%20db, u@corp, p:/@%+x",
        "postgresql://user:p@ss@host/db, jdbc:postgresql://host:5432/db, user, p@ss",
        "postgresql://user:pass@[2001:db8::1]:6543/db, jdbc:postgresql://[2001:db8::1]:6543/db, user, pass",
        "postgresql://user:pass@[::1]/db, jdbc:postgresql://[::1]:5432/db, user, pass",
        "postgresql://user@host, jdbc:postgresql://host:5432/user, user, ''",
        "postgresql:///db?user=ann&password=pw, jdbc:postgresql://localhost:5432/db, ann, pw",
        "jdbc:postgresql://host/db?user=ann&password=pw, jdbc:postgresql://host:5432/db, ann, pw",
    })
    void postgresUrl_isConvertedToJdbcAndR2dbcUrls(String url, String jdbc, String username, String password) {
        PostgresUrl parsed = PostgresUrl.parse(url);
        assertThat(parsed.jdbcUrl()).isEqualTo(jdbc);
        assertThat(parsed.r2dbcUrl()).isEqualTo(jdbc.replace("jdbc:", "r2dbc:"));
        assertThat(parsed.username()).isEqualTo(username);
        assertThat(parsed.password()).isEqualTo(password);
    }

    @Test
    void urlParameters_useNamesOfEachDriver() {
        PostgresUrl parsed = PostgresUrl.parse(
                "postgresql://u:p@host/db"
                        + "?sslmode=verify-full&sslrootcert=/etc/a%20b.pem&connect_timeout=5&application_name=r1&prepareThreshold=0");
        assertThat(parsed.jdbcUrl())
                .isEqualTo("jdbc:postgresql://host:5432/db?ApplicationName=r1&connectTimeout=5"
                        + "&prepareThreshold=0&sslmode=verify-full&sslrootcert=%2Fetc%2Fa%20b.pem");
        assertThat(parsed.r2dbcUrl())
                .isEqualTo("r2dbc:postgresql://host:5432/db?applicationName=r1&connectTimeout=PT5S"
                        + "&sslMode=verify-full&sslRootCert=%2Fetc%2Fa%20b.pem");
    }

    @Test
    void username_ifMissing_isOperatingSystemUser() {
        PostgresUrl parsed = PostgresUrl.parse("postgresql://localhost/service_discovery_dev");
        assertThat(parsed.username()).isEqualTo(System.getProperty("user.name"));
        assertThat(parsed.database()).isEqualTo("service_discovery_dev");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:5432/db",
                "user:s3cret@host:5432/db",
                "mysql://user:s3cret@host/db",
                "postgresql://user:s3cret@host:0/db",
                "postgresql://user:s3cret@host:99999/db",
                "postgresql://user:s3cret@one,two/db",
                "postgresql://user:s3%zzcret@host/db",
                "postgresql://user:s3cret@::1/db",
                "postgresql://user:s3cret@host/db/more",
            })
    void postgresUrl_malformed_isRefusedWithoutPassword(String url) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> PostgresUrl.parse(url))
                .withMessageStartingWith("database.postgres.url ")
                .withMessageContaining("expected postgresql://")
                .satisfies(refused -> assertThat(refused).hasMessageNotContaining("s3"));
    }
}
