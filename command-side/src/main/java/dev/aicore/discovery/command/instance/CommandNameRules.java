package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import dev.aicore.discovery.web.TextConstraint;
import java.util.regex.Pattern;

/** What callers may call things. */
public final class CommandNameRules {

    /** What services are called. */
    public static final TextConstraint SERVICE = TextConstraint.matching(
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?"),
            "1 to 128 of A-Z a-z 0-9 . _ -, beginning and ending with a letter or a digit");

    /** What instances are called; see {@link InstanceIdGenerator} for those that we call ourselves. */
    public static final TextConstraint INSTANCE =
            TextConstraint.matching(InstanceIdGenerator::isId, InstanceIdGenerator.EXPECTED);

    private CommandNameRules() {}
}
