/** Tests of the translation between Eureka's documents and the registry's, without a server. */
@NullMarked
package dev.aicore.discovery.dialect.eureka;

import org.jspecify.annotations.NullMarked;
