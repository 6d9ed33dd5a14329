package dev.aicore.discovery.web;

import org.jspecify.annotations.Nullable;

/**
 * Where in a body a value is. Written out only where somebody is told: names are as long as callers like, and there may be thousands of
 * values under each of them.
 *
 * @param outer what it is in; null for the outermost
 * @param name what it is called there; null for an item of an array
 * @param index of that item
 */
record FieldPath(@Nullable FieldPath outer, @Nullable String name, int index) {

    /** @param path where the outermost is; empty for the body itself */
    static FieldPath of(String path) {
        return new FieldPath(null, path, 0);
    }

    FieldPath field(String called) {
        return new FieldPath(this, called, 0);
    }

    FieldPath item(int at) {
        return new FieldPath(this, null, at);
    }

    @Override
    public String toString() {
        return written().toString();
    }

    private StringBuilder written() {
        var text = outer == null ? new StringBuilder() : outer.written();
        if (name == null) {
            return text.append('[').append(index).append(']');
        }
        return (text.isEmpty() ? text : text.append('.')).append(name);
    }
}
