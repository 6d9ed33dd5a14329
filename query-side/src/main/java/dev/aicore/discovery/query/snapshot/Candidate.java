package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.web.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** An instance that may be answered, and its JSON, which is written once for all answers. */
public final class Candidate extends JacksonSerializable.Base {

    private final InstanceView view;
    private volatile @Nullable SerializableString json;

    public Candidate(InstanceView view) {
        this.view = view;
    }

    public InstanceView view() {
        return view;
    }

    @Override
    public void serialize(JsonGenerator out, SerializationContext context) {
        out.writeRawValue(json());
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializationContext context, TypeSerializer type) {
        serialize(out, context);
    }

    private SerializableString json() {
        var written = json;
        if (written == null) {
            // Two threads may write the same at the same time.
            written = new SerializedString(Json.mapper().writeValueAsString(view));
            json = written;
        }
        return written;
    }

    @Override
    public String toString() {
        return view.id();
    }
}
