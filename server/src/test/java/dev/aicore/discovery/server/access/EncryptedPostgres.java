package dev.aicore.discovery.server.access;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;

/** PostgreSQL that accepts the registry's user only with a password and over TLS. */
final class EncryptedPostgres implements AutoCloseable {

    private static final String USER = "registry";
    private static final String PASSWORD = "open-sesame-to-the-store";

    private final EmbeddedPostgres server;

    EncryptedPostgres(Path directory, Path certificate, Path key) throws IOException, SQLException {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        var rules = Files.writeString(directory.resolve("pg_hba.conf"), """
                hostssl   all registry 127.0.0.1/32 scram-sha-256
                hostssl   all registry ::1/128      scram-sha-256
                hostnossl all registry 127.0.0.1/32 reject
                hostnossl all registry ::1/128      reject
                host      all postgres 127.0.0.1/32 trust
                host      all postgres ::1/128      trust
                """);
        server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.toString())
                .setServerConfig("ssl_key_file", key.toString())
                .setServerConfig("hba_file", rules.toString())
                .start();
        try (var connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE USER " + USER + " PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE " + USER + " OWNER " + USER);
        }
    }

    /** Returns the URL in the form of the setting. */
    String url(Path issuers) {
        return "postgresql://" + USER + ":" + PASSWORD + "@localhost:" + server.getPort() + "/" + USER
                + "?sslmode=verify-full&sslrootcert="
                + URLEncoder.encode(issuers.toString(), StandardCharsets.UTF_8);
    }

    String plainUrl() {
        return "postgresql://" + USER + ":" + PASSWORD + "@localhost:" + server.getPort() + "/" + USER
                + "?sslmode=disable";
    }

    /** Returns the number of connections of the registry, either encrypted or unencrypted ones. */
    long connections(boolean encrypted) throws SQLException {
        try (var connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery("SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                                + " WHERE a.usename = '" + USER + "' AND s.ssl = " + encrypted)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
