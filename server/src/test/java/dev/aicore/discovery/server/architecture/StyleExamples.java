package dev.aicore.discovery.server.architecture;

import java.util.List;

/** Source files that violate one style rule each, and their allowed counterparts. */
final class StyleExamples {

    private static final String MAIN = "main/java/documented/Lease.java";
    private static final String TEST = "test/java/undocumented/LeaseTest.java";
    private static final String PACKAGE_INFO = "main/java/documented/package-info.java";

    static final List<StyleExample> VIOLATIONS = List.of(
            new StyleExample("FileLength", "351 lines", MAIN, "class Lease {\n" + "\n".repeat(349) + "}\n"),
            new StyleExample("JavadocPackage", "no package-info", "main/java/bare/Lease.java", "class Lease {}"),
            new StyleExample(
                    "MissingJavadocPackage", "a package-info without javadoc", PACKAGE_INFO, "package documented;"),
            new StyleExample("LineLength", "a javadoc line of 121 characters", MAIN, javadoc(121)),
            new StyleExample("LineLength", "a comment line of 121 characters", MAIN, comment(121)),
            new StyleExample("SummaryJavadoc", "an interrogative", MAIN, "/** What a client holds. */ class Lease {}"),
            new StyleExample(
                    "SummaryJavadoc", "a conjunction", MAIN, "/**\n * Whether it is held.\n */ class Lease {}"),
            new StyleExample("SummaryJavadoc", "a pronoun", MAIN, "/** Those that are held. */ class Lease {}"),
            new StyleExample("SummaryJavadoc", "no period", MAIN, "/** Lease of an instance */ class Lease {}"),
            new StyleExample("AvoidStarImport", "a whole package", MAIN, "import java.util.*; class Lease {}"),
            new StyleExample("UnfinishedWork", "a marker after code", MAIN, "class Lease {} // TODO: expire"),
            new StyleExample("UnfinishedWork", "a marker in javadoc", MAIN, "/** Expires. FIXME. */ class Lease {}"),
            new StyleExample("CommentWording", "a word in javadoc", MAIN, "/** Expires when told. */ class Lease {}"),
            new StyleExample("CommentWording", "a word in a comment", MAIN, "class Lease {} // stays for ever"),
            new StyleExample("CommentWording", "a word after a parameter", MAIN, parameter("ttl", "the ttl asked for")),
            new StyleExample("TestMethodName", "one part", TEST, test("class LeaseTest", "@Test void expires() {}")),
            new StyleExample(
                    "TestMethodName", "a capital", TEST, test("class LeaseTest", "@Test void Lease_expires() {}")),
            new StyleExample(
                    "TestMethodName",
                    "one part, with parameters",
                    TEST,
                    test("class LeaseTest", "@ParameterizedTest(name = \"{0}\") void expires(int ttl) {}")),
            new StyleExample(
                    "TestClassName", "another ending", TEST, test("class Leases", "@Test void lease_expires() {}")),
            new StyleExample(
                    "TestClassName",
                    "tests in a nested class",
                    TEST,
                    test("class Leases", "@Nested class Held { @Test void lease_expires() {} }")));

    static final List<StyleExample> ALLOWED = List.of(
            new StyleExample("FileLength", "350 lines", MAIN, "class Lease {\n" + "\n".repeat(348) + "}\n"),
            new StyleExample("FileLength", "a long test", TEST, "class LeaseTest {\n" + "\n".repeat(400) + "}\n"),
            new StyleExample("JavadocPackage", "no package-info of tests", TEST, "class LeaseTest {}"),
            new StyleExample("LineLength", "a javadoc line of 120 characters", MAIN, javadoc(120)),
            new StyleExample("LineLength", "a long line of a text block", MAIN, textBlock(200)),
            new StyleExample("LineLength", "a URL", MAIN, "// https://" + "x".repeat(120) + "\nclass Lease {}"),
            new StyleExample("SummaryJavadoc", "a verb", MAIN, "/** Returns what it holds. */ class Lease {}"),
            new StyleExample(
                    "SummaryJavadoc", "parameters only", MAIN, "/** @param ttl in ms */ record Lease(int ttl) {}"),
            new StyleExample("CommentWording", "a string", MAIN, "class Lease { String text = \"asked\"; }"),
            new StyleExample(
                    "CommentWording", "a parameter's name", MAIN, parameter("asked", "less than {@code told}")),
            new StyleExample(
                    "TestMethodName", "a method that is no test", TEST, "class LeaseTest { void expires() {} }"),
            new StyleExample(
                    "TestClassName",
                    "an abstract class",
                    TEST,
                    test("abstract class LeaseContract", "@Test void lease_expires() {}")));

    private StyleExamples() {}

    private static String javadoc(int length) {
        return "/**\n * Lease.\n * " + "x".repeat(length - 3) + "\n */\nclass Lease {}\n";
    }

    private static String comment(int length) {
        return "class Lease {\n    // " + "x".repeat(length - 7) + "\n}\n";
    }

    private static String textBlock(int length) {
        return "class Lease {\n    String sql = \"\"\"\n        " + "x".repeat(length) + "\"\"\";\n}\n";
    }

    private static String parameter(String name, String description) {
        return "/**\n * Lease.\n *\n * @param %1$s %2$s\n */\nrecord Lease(int %1$s) {}\n".formatted(name, description);
    }

    private static String test(String declaration, String member) {
        return declaration + " { " + member + " }\n";
    }
}
