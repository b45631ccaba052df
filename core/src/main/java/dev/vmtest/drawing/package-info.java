/**
 * Draws boxes that stand on each other as an SVG document, in light and dark. Who has what to draw says what the boxes are.
 */
@NullMarked
package dev.vmtest.drawing;

import org.jspecify.annotations.NullMarked;
