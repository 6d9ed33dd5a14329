package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.web.Json;
import org.jspecify.annotations.Nullable;

/** An instance that may be answered, and its JSON, which is written once for all answers. */
public final class Candidate {

    private final InstanceView view;
    private volatile byte @Nullable [] json;

    public Candidate(InstanceView view) {
        this.view = view;
    }

    public InstanceView view() {
        return view;
    }

    /** Never to be changed. */
    public byte[] json() {
        var written = json;
        if (written == null) {
            // Two threads may write the same at the same time.
            written = Json.mapper().writeValueAsBytes(view);
            json = written;
        }
        return written;
    }

    @Override
    public String toString() {
        return view.id();
    }
}
