/**
 * Settings as validated records, one per feature.
 *
 * <p>Each component of a record is a key; a key that is not one does not exist. {@code @DefaultValue} is its default.
 * {@code @param} documents its bounds and effect in the form {@code bounds; effect}, which Spring Boot's configuration
 * processor writes into the metadata of this module; tests generate the manual's table and
 * {@code config/service-discovery.yaml} from it. {@code SettingsEnvironmentPostProcessor} adds the property sources,
 * {@link SettingsConfiguration} binds the records, and their compact constructors validate the values with
 * {@link SettingConstraints}. An invalid setting stops the start with one line of {@link SettingFailureAnalyzer}.
 * {@link SettingsReport} lists all values and problems without a start. {@link EditDistance} finds the name that a
 * misspelt name most likely stands for.
 *
 * <pre>{@code
 * options > variables > FILE-environment.yaml > FILE.yaml > @DefaultValue -> environment -> records
 *                                       invalid -> InvalidSettingException -> one line
 * text and default of a component -> metadata -> operations.md, service-discovery.yaml
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.NullMarked;
