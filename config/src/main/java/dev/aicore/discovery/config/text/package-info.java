/** What texts have to do with each other. */
@NullMarked
package dev.aicore.discovery.config.text;

import org.jspecify.annotations.NullMarked;
