package dev.aicore.discovery.access;

import dev.aicore.discovery.config.time.SecretGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key as its owner has it: {@code sd_}, its id, another {@code _}, and 256 random bits. It is shown once, and never stored.
 *
 * @param id 12 lower-case letters and digits; no secret
 * @param text all of it
 */
public record ApiKey(String id, String text) {

    private static final Pattern FORM = Pattern.compile("sd_([a-z0-9]{12})_[A-Za-z0-9_-]{43}");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BYTES = 32;

    /** A new one. May block: see {@link SecretGenerator}. */
    public static ApiKey generate(SecretGenerator secretGenerator) {
        var id = new StringBuilder();
        for (byte random : secretGenerator.next(ID_LENGTH)) {
            id.append(ALPHABET.charAt(random & (ALPHABET.length() - 1)));
        }
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(secretGenerator.next(SECRET_BYTES));
        return new ApiKey(id.toString(), prefix(id.toString()) + "_" + secret);
    }

    /** The key of that text, null if it isn't written like one. */
    public static @Nullable ApiKey parse(String text) {
        var form = FORM.matcher(text);
        return form.matches() ? new ApiKey(form.group(1), text) : null;
    }

    /** The same secret under another id, for a key that gets a new one. */
    public ApiKey as(String other) {
        return new ApiKey(other, prefix(other) + text.substring(prefix(id).length()));
    }

    /** What the store keeps of it. */
    public String hash() {
        return HexFormat.of().formatHex(TokenCache.sha256(text));
    }

    /** What a key of that id begins with. */
    static String prefix(String id) {
        return "sd_" + id;
    }

    @Override
    public String toString() {
        return prefix(id) + "_***";
    }
}
