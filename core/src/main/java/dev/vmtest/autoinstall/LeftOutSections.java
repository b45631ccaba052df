package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;

/** Read the sections that concern subiquity, its medium or services of Ubuntu; what they ask for is said. */
final class LeftOutSections {

    private final MapReader body;
    private final Draft draft;

    LeftOutSections(MapReader body, Draft draft) {
        this.body = body;
        this.draft = draft;
    }

    void read() {
        refreshInstaller();
        source();
        installed("codecs", "Ubuntu's package ubuntu-restricted-addons is");
        installed("drivers", "drivers of third parties are");
        oem();
        snaps();
        secrets("ubuntu-pro", "no system is attached to Ubuntu Pro");
        secrets("ubuntu-advantage", "no system is attached to Ubuntu Pro");
        secrets("active-directory", "no domain is joined");
        updates();
        shutdown();
        crashDumps();
        ListValue zdevs = body.list("zdevs");
        if (zdevs != null && !zdevs.items().isEmpty()) {
            draft.notDone(zdevs.location(), "zdevs: only IBM Z has such devices");
        }
    }

    private void refreshInstaller() {
        MapReader reader = body.section("refresh-installer");
        boolean update = reader.bool("update", false);
        reader.string("channel");
        reader.refuseUnknown();
        if (update) {
            draft.notDone(reader.at("update"), "refresh-installer: vmtest runs no subiquity that could be refreshed");
        }
    }

    private void source() {
        MapReader reader = body.section("source");
        String id = reader.string("id");
        boolean search = reader.bool("search_drivers", false);
        reader.refuseUnknown();
        if (id != null) {
            draft.notDone(reader.at("id"), "source: the image of the run is installed, not '" + id + "' of a medium");
        }
        if (search) {
            draft.notDone(reader.at("search_drivers"), "source: nobody searches for drivers of third parties");
        }
    }

    private void installed(String key, String what) {
        MapReader reader = body.section(key);
        boolean wanted = reader.bool("install", false);
        reader.refuseUnknown();
        if (wanted) {
            draft.notDone(reader.at("install"), key + ": " + what + " not installed");
        }
    }

    private void oem() {
        MapReader reader = body.section("oem");
        boolean isAuto = reader.value("install") instanceof ScalarValue word
                && word.text().equals("auto");
        boolean wanted = !isAuto && reader.bool("install", false);
        reader.refuseUnknown();
        if (wanted) {
            draft.notDone(reader.at("install"), "oem: packages for one maker's hardware are not installed");
        }
    }

    private void snaps() {
        for (MapValue snap : body.maps("snaps")) {
            MapReader reader = body.within(snap, "snap");
            String name = reader.requiredText("name");
            reader.text("channel");
            reader.bool("classic", false);
            reader.refuseUnknown();
            draft.notDone(reader.at("name"), "snaps: '" + name + "' is not installed; the image has no snapd");
        }
    }

    /** What stands in these may be a secret. */
    private void secrets(String key, String what) {
        MapValue section = body.map(key);
        if (section != null && !section.entries().isEmpty()) {
            draft.notDone(body.source().locationOf(key), key + ": " + what);
        }
    }

    private void updates() {
        String policy = body.choice("updates", "security", "all");
        if (policy != null) {
            draft.notDone(body.at("updates"), "updates: the system stays as the image has it");
        }
    }

    private void shutdown() {
        body.choice("shutdown", "reboot", "poweroff");
        if (body.has("shutdown")) {
            draft.notDone(body.at("shutdown"), "shutdown: vmtest powers the machine off itself, and boots the system");
        }
    }

    private void crashDumps() {
        MapReader reader = body.section("kernel-crash-dumps");
        if (!body.has("kernel-crash-dumps")) {
            return;
        }
        Value enabled = reader.source().get("enabled");
        if (enabled == null) {
            reader.missing("enabled");
        }
        Boolean wanted = reader.bool("enabled");
        reader.refuseUnknown();
        if (wanted != null) {
            draft.put(
                    "kernel-crash-dumps", "enabled", Place.of(reader, "enabled").flag(wanted));
        }
    }
}
