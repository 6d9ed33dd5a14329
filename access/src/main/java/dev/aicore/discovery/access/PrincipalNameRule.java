package dev.aicore.discovery.access;

import dev.aicore.discovery.web.TextConstraint;

/** Rule for the names of principals. */
public final class PrincipalNameRule {

    /** Constraint on the name of a principal, wherever the name comes from. */
    public static final TextConstraint NAME =
            TextConstraint.matching(TokenClaimsValidator::isPrincipal, PrincipalNameRule.EXPECTED);

    static final String EXPECTED =
            "1 to 256 printable characters without blanks, other than anonymous and registry in any letter case";

    private PrincipalNameRule() {}
}
