package dev.aicore.discovery.config.access;

import dev.aicore.discovery.config.settings.RbacSettings;
import dev.aicore.discovery.config.web.Text;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whom keys may stand for. */
public final class Principals {

    /** What principals are called, wherever their names come from. */
    public static final Text NAME = Text.matching(
            TokenClaims::isPrincipal,
            "1 to 256 printable characters without blanks, other than anonymous and registry");

    /** The roles, by their names. */
    public static final Map<String, String> ROLES =
            RbacSettings.ROLES.stream().collect(Collectors.toMap(Function.identity(), Function.identity()));

    private Principals() {}
}
