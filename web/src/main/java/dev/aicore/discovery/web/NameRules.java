package dev.aicore.discovery.web;

import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import java.util.regex.Pattern;

/** Rules for the names of services and the ids of instances. */
public final class NameRules {

    private static final Pattern SERVICE_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");

    /** Rule for the names of services. */
    public static final TextConstraint SERVICE = TextConstraint.matching(
            NameRules::isService, "1 to 128 of A-Z a-z 0-9 . _ -, beginning and ending with a letter or a digit");

    /** Rule for the ids of instances; see {@link InstanceIdGenerator} for generated ids. */
    public static final TextConstraint INSTANCE =
            TextConstraint.matching(InstanceIdGenerator::isId, InstanceIdGenerator.EXPECTED);

    private NameRules() {}

    /** Returns true if the text is a valid name of a service. */
    public static boolean isService(String text) {
        return SERVICE_NAME.matcher(text).matches();
    }
}
