package dev.aicore.discovery.projection.bundle;

import java.io.IOException;

/** A file that isn't a whole bundle; the message is the line to show. */
public final class CorruptBundleException extends IOException {

    CorruptBundleException(String message) {
        super(message);
    }
}
