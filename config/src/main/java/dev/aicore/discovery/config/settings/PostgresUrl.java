package dev.aicore.discovery.config.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL connection URL, converted to JDBC and R2DBC. The JDBC driver parses only URLs of its own form, without
 * {@code user:password@}, and the R2DBC driver knows other names of parameters.
 *
 * @param host name or address, IPv6 without brackets
 * @param username decoded; the operating system's user if the URL has none, as in libpq
 * @param password decoded; empty if the URL has none
 * @param parameters decoded, by the names of libpq or of the JDBC driver
 */
record PostgresUrl(
        String host, int port, String database, String username, String password, Map<String, String> parameters) {

    static final String KEY = "database.postgres.url";

    private static final String EXPECTED = "postgresql://user:password@host:port/database?parameters";

    private static final int DEFAULT_PORT = 5432;
    private static final Pattern FORM = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://" + "(?<authority>[^/?#]*)(?:/(?<database>[^/?#]*))?(?:\\?(?<query>[^#]*))?");
    private static final Pattern HOST = Pattern.compile(
            "(?:\\[(?<v6>[0-9A-Fa-f:.]+(?:%[A-Za-z0-9]+)?)]|(?<name>[A-Za-z0-9._-]*))(?::(?<port>[0-9]{1,5}))?");

    /** Names of libpq that the JDBC driver spells differently; all other names are passed on unchanged. */
    private static final Map<String, String> JDBC_NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding");

    /** Parameters of the R2DBC driver, by the names of libpq and JDBC; all other parameters are left out. */
    private static final Map<String, String> R2DBC_NAMES = Map.of(
            "sslmode", "sslMode",
            "sslrootcert", "sslRootCert",
            "sslcert", "sslCert",
            "sslkey", "sslKey",
            "application_name", "applicationName",
            "ApplicationName", "applicationName",
            "connect_timeout", "connectTimeout",
            "connectTimeout", "connectTimeout",
            "currentSchema", "schema");

    PostgresUrl {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Parses a URL.
     *
     * @throws InvalidSettingException if the text is not a valid URL; the message hides credentials
     */
    static PostgresUrl parse(String url) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            throw invalid(url);
        }
        String authority = form.group("authority");
        int at = authority.lastIndexOf('@');
        Matcher host = HOST.matcher(authority.substring(at + 1));
        if (!host.matches()) {
            throw invalid(url);
        }
        try {
            Map<String, String> parameters = parameters(form.group("query"));
            String[] credentials =
                    at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
            String username = credentials.length > 0 && !credentials[0].isEmpty()
                    ? decoded(credentials[0])
                    : parameters.getOrDefault("user", System.getProperty("user.name", "postgres"));
            String password =
                    credentials.length > 1 ? decoded(credentials[1]) : parameters.getOrDefault("password", "");
            parameters.keySet().removeAll(Set.of("user", "password"));
            return new PostgresUrl(
                    hostName(host), port(host, url), database(form, username), username, password, parameters);
        } catch (IllegalArgumentException badEscape) {
            throw invalid(url);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + target()
                + query((name, value) -> Map.entry(JDBC_NAMES.getOrDefault(name, name), value));
    }

    String r2dbcUrl() {
        return "r2dbc:postgresql://" + target()
                + query((name, value) -> {
                    String known = R2DBC_NAMES.get(name);
                    if (known == null) {
                        return null;
                    }
                    return Map.entry(known, known.equals("connectTimeout") ? "PT" + value + "S" : value);
                });
    }

    @Override
    public String toString() {
        return "postgresql://" + encoded(username) + ":***@" + target();
    }

    private String target() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + encoded(database);
    }

    private String query(BiFunction<String, String, Map.@Nullable Entry<String, String>> translation) {
        String query = parameters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> Stream.ofNullable(translation.apply(entry.getKey(), entry.getValue())))
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String hostName(Matcher host) {
        String v6 = host.group("v6");
        String name = host.group("name");
        if (v6 != null) {
            return v6;
        }
        return name == null || name.isEmpty() ? "localhost" : name;
    }

    private static int port(Matcher host, String url) {
        String port = host.group("port");
        int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            throw invalid(url);
        }
        return number;
    }

    private static String database(Matcher form, String username) {
        String database = form.group("database");
        return database == null || database.isEmpty() ? username : decoded(database);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                if (!parts[0].isEmpty()) {
                    parameters.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
                }
            }
        }
        return parameters;
    }

    /** Decodes percent-encoding. A plus sign stands for itself in these URLs, not for a space as in forms. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static InvalidSettingException invalid(String url) {
        if (url.contains("@") && !url.contains("//")) {
            return InvalidSettingException.withoutValue(KEY, EXPECTED);
        }
        String shown = url.replaceFirst("//.*@", "//***@").replaceAll("(?i)(password=)[^&]*", "$1***");
        return InvalidSettingException.of(KEY, shown, EXPECTED);
    }
}
