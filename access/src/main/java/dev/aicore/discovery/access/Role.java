package dev.aicore.discovery.access;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** In which capacity a caller acts. Each may do what those before it may, so that of several the last one counts. */
enum Role {
    VIEWER,
    SERVICE,
    OPERATOR,
    ADMIN;

    private static final Map<String, Role> BY_WORD =
            Arrays.stream(values()).collect(toMap(Role::word, Function.identity()));

    /** As tokens, keys and settings write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name, null if there is none. */
    static @Nullable Role of(String word) {
        return BY_WORD.get(word);
    }
}
