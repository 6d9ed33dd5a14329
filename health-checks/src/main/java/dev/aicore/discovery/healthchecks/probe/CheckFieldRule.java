package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.web.TextConstraint;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Rule for a field of a check. Applied when a check is declared, and again before it runs, since another version may
 * have accepted the declaration.
 *
 * @param form pattern of the whole text
 * @param expected description of the pattern
 */
public record CheckFieldRule(Pattern form, String expected) {

    public static final CheckFieldRule PATH = new CheckFieldRule(
            Pattern.compile("/[\\x21-\\x7e&&[^#]]{0,1023}"),
            "a path beginning with /, at most 1024 characters of ASCII without blanks and #; others as %XX");

    public static final CheckFieldRule SCRIPT = new CheckFieldRule(
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}"),
            "the plain name of a file: 1 to 128 of A-Z a-z 0-9 . _ -, the first of them not . or -");

    /**
     * Excludes headers that delimit a request or control its connection. Also excludes headers by which a cloud's
     * metadata service recognises that a program of the machine itself sends the request, rather than someone through
     * it: the service gives out the cloud's credentials.
     */
    public static final CheckFieldRule HEADER = new CheckFieldRule(
            Pattern.compile(
                    "(?!(?i:Connection|Content-Length|Transfer-Encoding|Upgrade|HTTP2-Settings|TE|Trailer|Expect"
                            + "|Keep-Alive|Proxy-[a-z]+(-[a-z]+)*|([a-z0-9]+-)*Metadata(-[a-z0-9-]+)?)\\z)[!#$%&'*+.^_`|~0-9A-Za-z-]+"),
            "the name of a header that is neither the connection's own (Connection, Transfer-Encoding, Proxy-*, ...) nor one of metadata"
                    + " services (Metadata, Metadata-Flavor, X-aws-ec2-metadata-token, any with the word Metadata)");

    /**
     * Permits no PUT, because metadata services issue their tokens on PUT, and no other method that may change the
     * target.
     */
    public static final CheckFieldRule METHOD =
            new CheckFieldRule(Pattern.compile("GET|HEAD|POST"), "GET, HEAD or POST");

    private static final CheckFieldRule VALUE =
            new CheckFieldRule(Pattern.compile("[\\t\\x20-\\x7e]*"), "printable ASCII characters and tabs");

    /** Excludes the authorization scheme that one cloud's metadata service requires instead of a header. */
    private static final CheckFieldRule AUTHORIZATION = new CheckFieldRule(
            Pattern.compile("(?![\\t ]*(?i:Bearer)[\\t ]+(?i:Oracle)[\\t ]*\\z)[\\t\\x20-\\x7e]*"),
            "printable ASCII characters and tabs, other than 'Bearer Oracle', which a metadata service accepts");

    private static final CheckFieldRule HOST = new CheckFieldRule(
            Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}"), "a host name or an address, with or without a port");

    /** Returns the rule for the value of a header. */
    public static CheckFieldRule valueOf(String header) {
        return switch (header.toLowerCase(Locale.ROOT)) {
            case "host" -> HOST;
            case "authorization" -> AUTHORIZATION;
            default -> VALUE;
        };
    }

    public TextConstraint text() {
        return new TextConstraint(0, Integer.MAX_VALUE, form.asMatchPredicate(), expected);
    }

    public boolean allows(String text) {
        return form.matcher(text).matches();
    }
}
