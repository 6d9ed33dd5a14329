package dev.aicore.discovery.client.http;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps a credential until it is refused. Thread-safe. A class, not a record, so that nothing shows the credential. */
public final class CredentialCache {

    private final String header;
    private final Supplier<String> source;
    private @Nullable String value;

    /**
     * Creates an empty cache.
     *
     * @param header name of the header; empty for no credential
     */
    public CredentialCache(String header, Supplier<String> source) {
        this.header = header;
        this.source = source;
    }

    boolean isPresent() {
        return !header.isEmpty();
    }

    String header() {
        return header;
    }

    /**
     * Returns the credential, from the source if none is kept. The caller must not log it.
     *
     * @throws IOException if the source fails
     */
    synchronized String get() throws IOException {
        String kept = value;
        if (kept == null) {
            kept = read();
            value = kept;
        }
        return kept;
    }

    /**
     * Drops a refused credential.
     *
     * @return whether the source has another one
     * @throws IOException if the source fails
     */
    synchronized boolean renew(String refused) throws IOException {
        String kept = value;
        if (kept == null || kept.equals(refused)) {
            value = read();
        }
        return !refused.equals(value);
    }

    private String read() throws IOException {
        try {
            return source.get();
        } catch (RuntimeException e) {
            // Its message might contain the credential.
            throw new IOException(
                    "the source of the credential failed with " + e.getClass().getSimpleName());
        }
    }
}
