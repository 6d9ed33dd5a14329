package dev.aicore.discovery.server.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Conditions on the SQL in classes. ArchUnit doesn't import string constants, so they are read from the class files. A
 * concatenation is one constant there, with U+0001 in place of each value.
 */
final class SqlConditions {

    private static final Pattern MODEL_TABLE = Pattern.compile("\\bmodels\\.[\\w%\\x01]");

    private static final Pattern WRITE = Pattern.compile(
            "\\b(INSERT\\s+INTO|MERGE\\s+INTO|DELETE\\s+FROM|TRUNCATE\\s+\\S|COPY\\s+\\S+\\s+(\\([^)]*\\)\\s+)?FROM"
                    + "|UPDATE\\s+\\S+\\s+((AS\\s+)?\\w+\\s+)?SET)",
            Pattern.CASE_INSENSITIVE);

    private SqlConditions() {}

    static ArchCondition<JavaClass> spellATableOfTheReadModels() {
        return haveAStringThatContains("spell a table of the read models", MODEL_TABLE);
    }

    static ArchCondition<JavaClass> haveAStatementThatWrites() {
        return haveAStringThatContains("have a statement that writes", WRITE);
    }

    private static ArchCondition<JavaClass> haveAStringThatContains(String description, Pattern pattern) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                strings(type).stream()
                        .filter(pattern.asPredicate())
                        .forEach(text -> events.add(
                                SimpleConditionEvent.satisfied(type, type.getName() + " has the string: " + text)));
            }
        };
    }

    private static List<String> strings(JavaClass type) {
        try (InputStream file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            var constants = ClassFile.of().parse(file.readAllBytes()).constantPool();
            return StreamSupport.stream(constants.spliterator(), false)
                    .filter(StringEntry.class::isInstance)
                    .map(entry -> ((StringEntry) entry).stringValue())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
