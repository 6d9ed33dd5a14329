package dev.aicore.discovery.embedded.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Reads the SQL script that runs once on a new server, one statement per line: it creates a role without access to
 * files and programs, and its database.
 */
final class BootstrapScript {

    private BootstrapScript() {}

    /** @param password hexadecimal, so that it needs no quoting */
    static String statements(String password) {
        try (InputStream script = Objects.requireNonNull(BootstrapScript.class.getResourceAsStream("bootstrap.sql"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8).replace("{password}", password);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
