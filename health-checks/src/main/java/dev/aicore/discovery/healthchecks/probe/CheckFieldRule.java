package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.web.TextConstraint;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a part of a check must look like. Who declares one is held to it, and so is what was declared by the time that it runs: another
 * version may have let it pass.
 *
 * @param form of the whole text
 * @param expected the same in words
 */
public record CheckFieldRule(Pattern form, String expected) {

    public static final CheckFieldRule PATH = new CheckFieldRule(
            Pattern.compile("/[\\x21-\\x7e&&[^#]]{0,1023}"),
            "a path beginning with /, at most 1024 characters of ASCII without blanks and #; others as %XX");

    public static final CheckFieldRule SCRIPT = new CheckFieldRule(
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}"),
            "the plain name of a file: 1 to 128 of A-Z a-z 0-9 . _ -, the first of them no . or -");

    /**
     * What says where a request ends, and what becomes of its connection, isn't a check's to say. Nor is what services of metadata take
     * as a sign that a program of the machine asks, and not somebody through it: a cloud's credentials are behind it.
     */
    public static final CheckFieldRule HEADER = new CheckFieldRule(
            Pattern.compile(
                    "(?!(?i:Connection|Content-Length|Transfer-Encoding|Upgrade|HTTP2-Settings|TE|Trailer|Expect"
                            + "|Keep-Alive|Proxy-[a-z]+(-[a-z]+)*|([a-z0-9]+-)*Metadata(-[a-z0-9-]+)?)\\z)[!#$%&'*+.^_`|~0-9A-Za-z-]+"),
            "the name of a header that is neither the connection's own (Connection, Transfer-Encoding, Proxy-*, ...) nor one of metadata"
                    + " services (Metadata, Metadata-Flavor, X-aws-ec2-metadata-token, any with the word Metadata)");

    /** A metadata service hands out its tokens to PUT; and what a target does on the others, a check had better not ask for. */
    public static final CheckFieldRule METHOD =
            new CheckFieldRule(Pattern.compile("GET|HEAD|POST"), "GET, HEAD or POST");

    private static final CheckFieldRule VALUE = new CheckFieldRule(
            Pattern.compile("[\\t\\x20-\\x7e]*"), "characters of ASCII, which all of HTTP understands");

    /** One cloud's metadata service takes this scheme for what others take a header for. */
    private static final CheckFieldRule AUTHORIZATION = new CheckFieldRule(
            Pattern.compile("(?![\\t ]*(?i:Bearer)[\\t ]+(?i:Oracle)[\\t ]*\\z)[\\t\\x20-\\x7e]*"),
            "characters of ASCII, other than 'Bearer Oracle', which a metadata service takes");

    private static final CheckFieldRule HOST = new CheckFieldRule(
            Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}"), "a host name or an address, with its port or without");

    /** Of the value of that header. */
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
