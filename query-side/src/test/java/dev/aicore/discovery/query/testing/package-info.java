/** Fixtures that run the query side over real rows and a real port. */
@NullMarked
package dev.aicore.discovery.query.testing;

import org.jspecify.annotations.NullMarked;
