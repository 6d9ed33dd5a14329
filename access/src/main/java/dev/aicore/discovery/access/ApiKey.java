package dev.aicore.discovery.access;

import dev.aicore.discovery.config.time.SecretGenerator;
import dev.aicore.discovery.web.AsciiSet;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An API key in the form that its owner has: {@code sd_}, the id, {@code _}, and 256 random bits. Shown once and never
 * stored.
 *
 * @param id 12 lower-case letters and digits; not secret
 * @param text the whole key
 */
public record ApiKey(String id, String text) {

    private static final String SCHEME = "sd_";
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_LENGTH = 43;

    private static final AsciiSet ID_CHARACTERS = AsciiSet.of("[a-z0-9]");
    private static final AsciiSet SECRET_CHARACTERS = AsciiSet.of("[A-Za-z0-9_-]");

    /** Creates a new key. May block, see {@link SecretGenerator}. */
    public static ApiKey generate(SecretGenerator secretGenerator) {
        var id = new StringBuilder();
        for (byte random : secretGenerator.next(ID_LENGTH)) {
            id.append(ALPHABET.charAt(random & (ALPHABET.length() - 1)));
        }
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(secretGenerator.next(SECRET_BYTES));
        return new ApiKey(id.toString(), prefix(id.toString()) + "_" + secret);
    }

    /** Parses a key; null if the text doesn't have the form of a key. */
    public static @Nullable ApiKey parse(String text) {
        int idEnd = SCHEME.length() + ID_LENGTH;
        return hasForm(text, idEnd) ? new ApiKey(text.substring(SCHEME.length(), idEnd), text) : null;
    }

    private static boolean hasForm(String text, int idEnd) {
        return text.length() == idEnd + 1 + SECRET_LENGTH
                && text.startsWith(SCHEME)
                && ID_CHARACTERS.containsAll(text, SCHEME.length(), idEnd)
                && text.charAt(idEnd) == '_'
                && SECRET_CHARACTERS.containsAll(text, idEnd + 1, text.length());
    }

    /** Returns a key with this secret and another id, which gives an existing key a new secret. */
    public ApiKey as(String other) {
        return new ApiKey(other, prefix(other) + text.substring(prefix(id).length()));
    }

    /** Returns the hash that the store keeps in place of the key, SHA-256 in hexadecimal. */
    public String hash() {
        return HexFormat.of().formatHex(TokenCache.sha256(text));
    }

    /** Returns the first part of a key with this id. */
    static String prefix(String id) {
        return SCHEME + id;
    }

    @Override
    public String toString() {
        return prefix(id) + "_***";
    }
}
