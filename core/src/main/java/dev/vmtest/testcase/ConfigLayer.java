package dev.vmtest.testcase;

import dev.vmtest.config.MapValue;

/**
 * Hold one of the configurations that an installer is given; of several the later wins.
 *
 * @param fileName the name of its file in the workspace; in the order of these names they apply
 * @param content what it says
 */
public record ConfigLayer(String fileName, MapValue content) {}
