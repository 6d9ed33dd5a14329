package dev.aicore.discovery.command.probe;

import dev.aicore.discovery.config.web.Text;
import java.util.regex.Pattern;

/**
 * What a part of a check must look like. Who declares one is held to it, and so is what was declared by the time that it runs: another
 * version may have let it pass.
 *
 * @param form of the whole text
 * @param expected the same in words
 */
public record CheckRule(Pattern form, String expected) {

    public static final CheckRule PATH = new CheckRule(
            Pattern.compile("/[\\x21-\\x7e&&[^#]]{0,1023}"),
            "a path beginning with /, at most 1024 characters of ASCII without blanks and #; others as %XX");

    public static final CheckRule SCRIPT = new CheckRule(
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}"),
            "the plain name of a file: 1 to 128 of A-Z a-z 0-9 . _ -, the first of them no . or -");

    /** What says where a request ends, and what becomes of its connection, isn't a check's to say. */
    public static final CheckRule HEADER = new CheckRule(
            Pattern.compile("(?!(?i:Connection|Content-Length|Transfer-Encoding|Upgrade|TE|Trailer|Expect|Keep-Alive"
                    + "|Proxy-Connection)\\z)[!#$%&'*+.^_`|~0-9A-Za-z-]+"),
            "the name of a header that isn't the connection's own");

    static final CheckRule METHOD = new CheckRule(Pattern.compile("[A-Z]{1,16}"), "1 to 16 capital letters");

    private static final CheckRule VALUE =
            new CheckRule(Pattern.compile("[\\t\\x20-\\x7e]*"), "characters of ASCII, which all of HTTP understands");

    private static final CheckRule HOST = new CheckRule(
            Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}"), "a host name or an address, with its port or without");

    /** Of the value of that header. */
    public static CheckRule valueOf(String header) {
        return header.equalsIgnoreCase("Host") ? HOST : VALUE;
    }

    public Text text() {
        return new Text(0, Integer.MAX_VALUE, form.asMatchPredicate(), expected);
    }

    public boolean allows(String text) {
        return form.matcher(text).matches();
    }
}
