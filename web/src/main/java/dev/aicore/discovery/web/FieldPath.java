package dev.aicore.discovery.web;

import org.jspecify.annotations.Nullable;

/**
 * Path of a value in a body. Formatted only when it is reported: names may be as long as callers like, and each of them
 * may contain thousands of values.
 *
 * @param outer path of the enclosing value; null for the outermost
 * @param name name in the enclosing object; null for an item of an array
 * @param index index of the item in its array
 */
record FieldPath(@Nullable FieldPath outer, @Nullable String name, int index) {

    /**
     * Creates the path of the outermost value.
     *
     * @param path path of the value; empty for the body itself
     */
    static FieldPath of(String path) {
        return new FieldPath(null, path, 0);
    }

    FieldPath field(String called) {
        return new FieldPath(this, called, 0);
    }

    FieldPath element(int at) {
        return new FieldPath(this, null, at);
    }

    @Override
    public String toString() {
        return render().toString();
    }

    private StringBuilder render() {
        var text = outer == null ? new StringBuilder() : outer.render();
        if (name == null) {
            return text.append('[').append(index).append(']');
        }
        return (text.isEmpty() ? text : text.append('.')).append(name);
    }
}
