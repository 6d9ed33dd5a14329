/**
 * Settings as validated records, one per feature.
 *
 * <p>Each component of a record is a key; a key that is not one does not exist. {@code config/service-discovery.yaml}
 * has the default of each key and documents its unit, bounds and effect, from which tests generate the manual's table.
 * {@code SettingsEnvironmentPostProcessor} adds the property sources, {@link
 * SettingsConfiguration} binds the records, and their compact constructors validate the values with {@link
 * SettingConstraints}. An invalid setting stops the start with one line. {@link SettingsReport} lists all values and
 * problems without a start. {@link EditDistance} finds the name that a misspelt name most likely stands for.
 *
 * <pre>{@code
 * options > variables > FILE-environment.yaml > FILE.yaml > defaults -> environment -> records
 *                                       invalid -> InvalidSettingException -> one line
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.NullMarked;
