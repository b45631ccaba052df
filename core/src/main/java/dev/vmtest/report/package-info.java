/**
 * Turns results and run events into results.json, junit.xml, index.html and terminal lines. Reads only what a run wrote, so a report can be made again.
 */
@NullMarked
package dev.vmtest.report;

import org.jspecify.annotations.NullMarked;
