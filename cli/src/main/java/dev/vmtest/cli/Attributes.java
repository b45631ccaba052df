package dev.vmtest.cli;

import dev.vmtest.release.ReleaseTable;
import dev.vmtest.testcase.TestCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Say what is known of a test on one release before it runs, for lists and filters. */
final class Attributes {

    /** The attributes, in the order in which they are shown. */
    static final List<String> NAMES = List.of(
            "name",
            "origin",
            "config",
            "release",
            "distro",
            "subarch",
            "kernel",
            "target_release",
            "target_distro",
            "target_ftype",
            "arch",
            "installer",
            "firmware",
            "cpus",
            "memory",
            "disks",
            "nics");

    private Attributes() {}

    /** Return the attributes by their names. */
    static Map<String, String> of(TestCase test) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", test.name());
        attributes.put("origin", test.definition().origin());
        attributes.put("config", test.definition().config().name());
        attributes.put("release", test.release());
        attributes.put("distro", test.base().environment().family().os());
        attributes.put("subarch", test.base().kernel().subarch());
        attributes.put("kernel", test.base().kernel().line().text());
        attributes.put("target_release", test.targetRelease());
        attributes.put(
                "target_distro",
                ReleaseTable.find(test.targetRelease()).orElseThrow().family().os());
        attributes.put("target_ftype", test.target().fileType());
        attributes.put("arch", test.machine().architecture().debianName());
        attributes.put("installer", test.installerName());
        attributes.put("firmware", test.machine().firmware().name().toLowerCase(Locale.ROOT));
        attributes.put("cpus", Integer.toString(test.machine().cpus()));
        attributes.put("memory", Integer.toString(test.machine().memory()));
        attributes.put("disks", Integer.toString(test.machine().disks().size()));
        attributes.put("nics", Integer.toString(test.machine().nics().size()));
        return attributes;
    }
}
