package dev.aicore.discovery.readmodel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class ModelTableTest {

    private static final Pattern CREATED_TABLE = Pattern.compile("(?m)^CREATE TABLE (\\w+)");

    @Test
    void tables_areThoseOfMigrations() throws IOException {
        var created = new ArrayList<String>();
        for (var migration : new PathMatchingResourcePatternResolver().getResources("classpath:db/models/*.sql")) {
            CREATED_TABLE
                    .matcher(migration.getContentAsString(UTF_8))
                    .results()
                    .map((MatchResult table) -> table.group(1))
                    .forEach(created::add);
        }

        assertThat(Arrays.stream(ModelTable.values()).map(ModelTable::tableName))
                .containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    void text_isNameInSql() {
        assertThat("SELECT * FROM " + ModelTable.INSTANCE_VERSIONS).isEqualTo("SELECT * FROM models.instance_versions");
        assertThat("SELECT * FROM %s".formatted(ModelTable.AUDIT)).isEqualTo("SELECT * FROM models.audit");
        assertThat(ModelTable.AUDIT.in("models_next")).isEqualTo("models_next.audit");
    }
}
