/** The routes of the API that this version does not serve yet. */
@NullMarked
package dev.aicore.discovery.query.planned;

import org.jspecify.annotations.NullMarked;
