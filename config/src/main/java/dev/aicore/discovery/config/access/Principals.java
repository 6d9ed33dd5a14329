package dev.aicore.discovery.config.access;

import dev.aicore.discovery.config.web.Text;

/** Whom keys may stand for. */
public final class Principals {

    /** What principals are called, wherever their names come from. */
    public static final Text NAME = Text.matching(TokenClaims::isPrincipal, Principals.EXPECTED);

    static final String EXPECTED =
            "1 to 256 printable characters without blanks, other than anonymous and registry in whatever case";

    private Principals() {}
}
