package dev.aicore.discovery.projection.bundle;

import java.io.IOException;

/** Thrown if a file isn't a complete bundle; the message is the line to show. */
public final class CorruptBundleException extends IOException {

    CorruptBundleException(String message) {
        super(message);
    }
}
