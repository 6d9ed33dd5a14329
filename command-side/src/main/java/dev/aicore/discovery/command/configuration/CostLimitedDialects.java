package dev.aicore.discovery.command.configuration;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.DefaultDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.DialectRegistry;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.keyword.FormatKeyword;
import java.util.HashMap;
import java.util.Map;

/** Provides the drafts of JSON Schema of the library with keywords and formats that charge the budget. */
final class CostLimitedDialects implements DialectRegistry {

    /** Format of the library that none of these drafts defines; its pattern may take unbounded time. */
    private static final String STYLE = "style";

    private final DialectRegistry library = new DefaultDialectRegistry();
    private final Map<String, Dialect> bounded = new HashMap<>();
    private final ValidationBudget validationBudget;

    CostLimitedDialects(ValidationBudget validationBudget) {
        this.validationBudget = validationBudget;
    }

    @Override
    public Dialect getDialect(String id, SchemaRegistry registry) {
        var known = bounded.get(id);
        if (known != null) {
            return known;
        }
        var dialect = bounded(library.getDialect(id, registry));
        bounded.put(id, dialect);
        return dialect;
    }

    private Dialect bounded(Dialect dialect) {
        return Dialect.builder(dialect)
                .keywords(dialect.getKeywords().values().stream()
                        .filter(keyword -> !(keyword instanceof FormatKeyword))
                        .map(keyword -> new CostLimitedKeyword(keyword, validationBudget))
                        .toList())
                .formats(formats -> {
                    formats.remove(STYLE);
                    formats.replaceAll((_, format) -> new CostLimitedFormat(format, validationBudget));
                })
                // The library keeps each unknown keyword name permanently.
                .unknownKeywordFactory(
                        (name, _) -> new CostLimitedKeyword(new AnnotationKeyword(name), validationBudget))
                .build();
    }
}
