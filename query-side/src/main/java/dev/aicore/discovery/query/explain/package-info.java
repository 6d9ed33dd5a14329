/** Why an instance is or isn't discovered. */
@NullMarked
package dev.aicore.discovery.query.explain;

import org.jspecify.annotations.NullMarked;
