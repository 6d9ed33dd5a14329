package dev.aicore.discovery.web;

import java.util.function.BiConsumer;
import reactor.core.publisher.Mono;

/**
 * The body of a request that binds to a record. A controller takes it as an argument; the OpenAPI document is generated
 * from the record. Fails as {@link JsonBody} does, and with all violations of the record's constraints.
 *
 * @param <T> record whose components are the fields of the body, with the constraints that {@link JsonRecordReader}
 *     enforces
 */
public final class TypedJsonBody<T extends Record> {
    private final JsonBody jsonBody;
    private final Class<T> type;

    TypedJsonBody(JsonBody jsonBody, Class<T> type) {
        this.jsonBody = jsonBody;
        this.type = type;
    }

    /** Returns the untyped body, for its idempotency key. */
    public JsonBody jsonBody() {
        return jsonBody;
    }

    /** Reads a required body. */
    public Mono<T> required() {
        return jsonBody.required().map(jsonFields -> JsonRecordReader.read(jsonFields, type));
    }

    /**
     * Reads a required body.
     *
     * @param constraint adds a violation that no single field has to the fields, if there is one
     */
    public Mono<T> required(BiConsumer<T, JsonFields> constraint) {
        return jsonBody.required().map(jsonFields -> {
            T read = JsonRecordReader.read(jsonFields, type);
            constraint.accept(read, jsonFields);
            jsonFields.validate();
            return read;
        });
    }

    /** Reads an optional body; without one, no field is present. */
    public Mono<T> optional() {
        return jsonBody.optional().map(jsonFields -> JsonRecordReader.read(jsonFields, type));
    }
}
