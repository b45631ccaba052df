package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Suggestion;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.VmtestSection;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Read an autoinstall file, section by section. */
final class AutoinstallReader {

    private static final String VERSION = "version";

    /** The keys of the reference manual, and the older name of one. */
    private static final Set<String> KEYS = Set.of(
            VERSION,
            "interactive-sections",
            "early-commands",
            "locale",
            "refresh-installer",
            "keyboard",
            "source",
            "network",
            "proxy",
            "apt",
            "storage",
            "identity",
            "active-directory",
            "ubuntu-pro",
            "ubuntu-advantage",
            "ssh",
            "codecs",
            "drivers",
            "oem",
            "snaps",
            "debconf-selections",
            "packages",
            "kernel",
            "kernel-crash-dumps",
            "timezone",
            "updates",
            "shutdown",
            "late-commands",
            "error-commands",
            "reporting",
            "user-data",
            "zdevs");

    private static final int MOST_TOLD = 20;

    private final MapReader body;
    private final Draft draft;

    private AutoinstallReader(MapReader body, Draft draft) {
        this.body = body;
        this.draft = draft;
    }

    static MapValue read(MapValue root, Problems problems) {
        Location start = new Location(root.location().file(), 1, 1);
        Value section = root.get(Autoinstall.KEY);
        MapValue own = root.get(VmtestSection.KEY) instanceof MapValue map ? map : new MapValue(start, Map.of());
        if (root.get(VmtestSection.KEY) != null && root.get(VmtestSection.KEY) != own) {
            problems.add(root.locationOf(VmtestSection.KEY), "'vmtest' must be a mapping");
        }
        Draft draft = new Draft(start, own);
        if (section != null && !(section instanceof MapValue)) {
            problems.add(
                    section.location(),
                    "autoinstall: must be a mapping, not " + section.describe(),
                    "write 'version: 1' and the other sections below it");
            return draft.config();
        }
        MapValue body = section instanceof MapValue below ? below : withoutOwn(root);
        if (section != null) {
            beside(root, draft, problems);
        }
        boolean isMisplaced = section != null && root.get("identity") != null;
        new AutoinstallReader(new MapReader(body, "autoinstall", problems), draft).read(isMisplaced);
        return draft.config();
    }

    private static MapValue withoutOwn(MapValue root) {
        Map<String, MapValue.Entry> entries = new LinkedHashMap<>(root.entries());
        entries.remove(VmtestSection.KEY);
        return new MapValue(root.location(), entries);
    }

    /** Beside the key, cloud-init's user-data has what concerns the install environment. */
    private static void beside(MapValue root, Draft draft, Problems problems) {
        root.entries().forEach((key, entry) -> {
            if (key.equals(Autoinstall.KEY) || key.equals(VmtestSection.KEY)) {
                return;
            }
            if (KEYS.contains(key) && !key.equals("packages") && !key.equals("ssh") && !key.equals("timezone")) {
                problems.add(
                        entry.keyLocation(),
                        "'" + key + "' stands beside 'autoinstall:', where the installer does not read it",
                        "indent it below 'autoinstall:'");
            } else {
                draft.notDone(
                        entry.keyLocation(),
                        "'" + key + "' beside 'autoinstall:' concerns the installer's own environment");
            }
        });
    }

    /**
     * Read all sections.
     *
     * @param isMisplaced whether the identity stands where it is not read, which has been said
     */
    private void read(boolean isMisplaced) {
        version();
        new CommandSections(body, draft).read();
        new StorageSection(body, draft).read();
        new NetworkSection(body, draft).read();
        CloudConfig cloudConfig = new CloudConfig(draft);
        new UserSections(body, draft, cloudConfig).read(isMisplaced);
        new PackageSections(body, draft).read();
        new SystemSections(body, draft).read();
        new LeftOutSections(body, draft).read();
        cloudConfig.write();
        install();
        unknownKeys();
    }

    /** What is not known is ignored in version 1, which the manual says will change. */
    private void unknownKeys() {
        List<String> unknown = new ArrayList<>(body.source().entries().keySet());
        unknown.removeAll(KEYS);
        for (String key : unknown.subList(0, Math.min(MOST_TOLD, unknown.size()))) {
            String nearest = Suggestion.didYouMean(key, KEYS);
            draft.notDone(
                    body.source().locationOf(key),
                    "autoinstall has no key '" + key + "', which version 1 ignores"
                            + (nearest.isEmpty() ? "" : "; " + nearest));
        }
        if (unknown.size() > MOST_TOLD) {
            draft.notDone(
                    body.source().locationOf(unknown.get(MOST_TOLD)),
                    (unknown.size() - MOST_TOLD) + " more keys that autoinstall does not have");
        }
    }

    private void version() {
        Value version = body.value(VERSION);
        if (version == null) {
            body.problem(VERSION, "'version' is missing", "write 'version: 1'");
        } else if (!(version instanceof ScalarValue number && BigInteger.ONE.equals(number.value()))) {
            boolean isQuoted =
                    version instanceof ScalarValue text && text.text().equals("1");
            body.problem(VERSION, "'version' must be the number 1", isQuoted ? "remove the quotes" : "");
        }
        if (body.value("interactive-sections") instanceof ListValue) {
            String sections = String.join(", ", body.texts("interactive-sections"));
            if (!sections.isEmpty()) {
                draft.notDone(
                        body.at("interactive-sections"),
                        "nobody is asked about " + sections + "; the file's own values are taken");
            }
        } else {
            body.list("interactive-sections");
        }
    }

    /** As subiquity has it: the target lies at a path that commands name, and no copy of the configuration in it. */
    private void install() {
        Place place = new Place(body.source().location());
        draft.put("install", "target", place.text("/target"));
        draft.put("install", "save_install_config", place.flag(false));
        draft.put("install", "save_install_log", place.flag(false));
    }
}
