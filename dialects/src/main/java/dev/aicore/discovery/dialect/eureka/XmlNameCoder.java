package dev.aicore.discovery.dialect.eureka;

/**
 * Codes keys as names of elements as XStream does, which Eureka uses: {@code _} as {@code __}, {@code $} as {@code _-},
 * and characters that names can't have as {@code _.} with four hexadecimal digits.
 */
final class XmlNameCoder {

    private static final String HEX_PREFIX = "_.";
    private static final int HEX_LENGTH = 4;

    private XmlNameCoder() {}

    static String encode(String key) {
        var name = new StringBuilder(key.length() + 4);
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '_') {
                name.append("__");
            } else if (c == '$') {
                name.append("_-");
            } else if (isNameCharacter(c, i == 0)) {
                name.append(c);
            } else {
                name.append(HEX_PREFIX).append("%04x".formatted((int) c));
            }
        }
        return name.toString();
    }

    static String decode(String name) {
        if (name.indexOf('_') < 0) {
            return name;
        }
        var key = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' || i + 1 == name.length()) {
                key.append(c);
            } else if (name.charAt(i + 1) == '_') {
                key.append('_');
                i++;
            } else if (name.charAt(i + 1) == '-') {
                key.append('$');
                i++;
            } else if (isHex(name, i + HEX_PREFIX.length()) && name.startsWith(HEX_PREFIX, i)) {
                int begin = i + HEX_PREFIX.length();
                key.append((char) Integer.parseInt(name.substring(begin, begin + HEX_LENGTH), 16));
                i += HEX_PREFIX.length() + HEX_LENGTH - 1;
            } else {
                key.append(c);
            }
        }
        return key.toString();
    }

    private static boolean isHex(String name, int begin) {
        if (begin + HEX_LENGTH > name.length()) {
            return false;
        }
        for (int i = begin; i < begin + HEX_LENGTH; i++) {
            if (Character.digit(name.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns true for ASCII characters that names may have; a colon would begin a namespace. */
    private static boolean isNameCharacter(char c, boolean first) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (!first && ((c >= '0' && c <= '9') || c == '-' || c == '.'));
    }
}
