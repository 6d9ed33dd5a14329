package dev.aicore.discovery.access;

import dev.aicore.discovery.web.TextConstraint;

/** Whom keys may stand for. */
public final class PrincipalNameRule {

    /** What principals are called, wherever their names come from. */
    public static final TextConstraint NAME =
            TextConstraint.matching(TokenClaimsValidator::isPrincipal, PrincipalNameRule.EXPECTED);

    static final String EXPECTED =
            "1 to 256 printable characters without blanks, other than anonymous and registry in whatever case";

    private PrincipalNameRule() {}
}
