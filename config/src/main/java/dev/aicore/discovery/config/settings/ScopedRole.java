package dev.aicore.discovery.config.settings;

import dev.aicore.discovery.api.access.ServiceScope;
import java.util.List;

/**
 * Role that is restricted to services. Its text format is {@code NAME ROLE PATTERN…}, such as
 * {@code payments operator payments-* billing}.
 *
 * @param name name in tokens and keys
 * @param base role within these services: {@code viewer}, {@code service} or {@code operator}
 * @param reach services that the role is restricted to
 */
public record ScopedRole(String name, String base, ServiceScope reach) {

    static final String EXPECTED =
            "NAME ROLE PATTERN..., such as 'payments operator payments-*': a name of a-z, 0-9 and -, one of viewer, service,"
                    + " operator, and 1 to 100 names of services, each with at most one *";

    private static final String NAME = "[a-z][a-z0-9-]{0,63}";
    private static final String PATTERN = "[A-Za-z0-9._-]{0,128}\\*?[A-Za-z0-9._-]{0,128}";
    private static final List<String> BASES = List.of("viewer", "service", "operator");
    private static final List<String> RESERVED_NAMES = List.of("none", "registry", "anonymous");
    private static final int MAX_PATTERNS = 100;
    private static final int BEFORE_PATTERNS = 2;

    static ScopedRole parse(String text) {
        var words = List.of(text.strip().split(" +"));
        int patterns = words.size() - BEFORE_PATTERNS;
        if (patterns < 1
                || patterns > MAX_PATTERNS
                || !words.getFirst().matches(NAME)
                || RESERVED_NAMES.contains(words.getFirst())
                || !BASES.contains(words.get(1))
                || !words.stream().skip(BEFORE_PATTERNS).allMatch(pattern -> pattern.matches(PATTERN))) {
            throw InvalidSettingException.of(RbacSettings.KEY, text, EXPECTED);
        }
        return new ScopedRole(
                words.getFirst(), words.get(1), new ServiceScope(words.subList(BEFORE_PATTERNS, words.size())));
    }
}
