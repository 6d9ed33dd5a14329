package dev.aicore.discovery.projection.bundle;

import java.io.IOException;

/** A file that isn't a whole bundle; the message is the line to show. */
public final class DamagedBundle extends IOException {

    DamagedBundle(String message) {
        super(message);
    }
}
