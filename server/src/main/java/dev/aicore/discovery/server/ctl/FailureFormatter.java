package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.embedded.postgres.PostgresStartException;
import dev.aicore.discovery.embedded.postgres.PostgresStartException.DataDirectoryInUseException;
import dev.aicore.discovery.embedded.postgres.PostgresStartException.IncompatibleDataDirectoryException;
import dev.aicore.discovery.eventstore.StoreRepair.StoreBeingWrittenException;
import dev.aicore.discovery.projection.bundle.Bundle.CorruptBundleException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Formats failures as one line. */
final class FailureFormatter {

    private FailureFormatter() {}

    /** Returns the line; null for a defect, whose stack trace must be shown. */
    static @Nullable String line(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var line = knownMessage(cause);
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    private static @Nullable String knownMessage(Throwable cause) {
        return switch (cause) {
            case CtlException exception -> exception.getMessage();
            case CorruptBundleException told -> told.getMessage();
            case StoreBeingWrittenException told -> told.getMessage();
            case RegistryException refusal ->
                "Refused: " + refusal.detail() + " (" + refusal.code().code() + ")";
            case DataDirectoryInUseException told -> told.getMessage();
            case IncompatibleDataDirectoryException told -> told.getMessage();
            case PostgresStartException told -> told.getMessage();
            case NoSuchFileException missing -> "There is no file " + missing.getFile() + ".";
            case SQLException database -> "Failed to use the database: " + database.getMessage();
            case IOException failed -> "Failed to read or write: " + failed.getMessage();
            default -> null;
        };
    }
}
