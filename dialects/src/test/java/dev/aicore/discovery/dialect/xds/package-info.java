/** Tests of the xDS server. */
@NullMarked
package dev.aicore.discovery.dialect.xds;

import org.jspecify.annotations.NullMarked;
