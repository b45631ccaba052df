package dev.vmtest.autoinstall;

import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.Set;

/** Read settings of the installed system: locale, keyboard, timezone, proxy; and where progress is reported. */
final class SystemSections {

    private static final String ZONE = "[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*";

    /** The zones are a package that small images leave out. */
    private static final String SET_ZONE = "zone=/usr/share/zoneinfo/$1; test -e \"$zone\" || { apt-get update"
            + " && DEBIAN_FRONTEND=noninteractive apt-get install --yes tzdata; } || exit 1;"
            + " test -e \"$zone\" || { echo \"the system has no time zone '$1'\" >&2; exit 1; };"
            + " ln -sf \"$zone\" /etc/localtime && echo \"$1\" >/etc/timezone";

    private static final String MAKE_LOCALE = "command -v locale-gen >/dev/null"
            + " && test -e \"/usr/share/i18n/locales/${1%%.*}\""
            + " || { echo \"the system can't make the locale '$1'\"; exit 0; };"
            + " echo \"$1 UTF-8\" >>/etc/locale.gen && locale-gen";

    /** What a curtin of today sends events to, as subiquity has it too. */
    private static final Set<String> REPORTED_TO = Set.of("webhook");

    private static final Set<String> NOT_REPORTED_TO = Set.of("print", "none", "rsyslog");

    private final MapReader body;
    private final Draft draft;

    SystemSections(MapReader body, Draft draft) {
        this.body = body;
        this.draft = draft;
    }

    void read() {
        locale();
        keyboard();
        timezone();
        proxy();
        reporting();
    }

    private void locale() {
        String written = body.string("locale");
        if (written == null) {
            return;
        }
        if (!written.matches("[A-Za-z]+(_[A-Za-z]+)?(\\.[A-Za-z0-9-]+)?(@[A-Za-z]+)?")) {
            body.problem("locale", "'" + written + "' is no locale", "write it like en_US.UTF-8");
            return;
        }
        String locale = written.contains(".") || !written.contains("_") ? written : written + ".UTF-8";
        Place place = Place.of(body, "locale");
        draft.writeFile(place, "autoinstall-locale", "/etc/default/locale", "0644", "LANG=" + locale + "\n");
        if (locale.matches("[a-z]+_[A-Z]+\\.UTF-8")) {
            draft.inTarget(place, "5-locale", "sh", "-c", MAKE_LOCALE, "sh", locale);
        }
        draft.notJudged(place.location(), "locale: whether the system has the texts of '" + locale + "'");
    }

    private void keyboard() {
        MapValue section = body.map("keyboard");
        if (section == null) {
            return;
        }
        MapReader reader = body.within(section, "keyboard");
        String layout = reader.requiredText("layout");
        String variant = reader.text("variant");
        String toggle = reader.text("toggle");
        reader.refuseUnknown();
        for (String key : new String[] {"layout", "variant", "toggle"}) {
            reader.matching(key, text -> text.matches("[A-Za-z0-9_,:()-]*"), "letters, digits and _ , - only");
        }
        int layouts = layout.split(",", -1).length;
        int variants = variant == null || variant.isEmpty() ? layouts : variant.split(",", -1).length;
        if (layouts != variants) {
            reader.problem(
                    "variant",
                    layouts + " layouts have " + variants + " variants",
                    "write one for each, such as 'us,gr' and ',simple'");
        }
        draft.writeFile(
                Place.of(reader, "layout"),
                "autoinstall-keyboard",
                "/etc/default/keyboard",
                "0644",
                "XKBMODEL=\"pc105\"\nXKBLAYOUT=\"" + layout + "\"\nXKBVARIANT=\"" + (variant == null ? "" : variant)
                        + "\"\nXKBOPTIONS=\"" + (toggle == null || toggle.isEmpty() ? "" : "grp:" + toggle)
                        + "\"\n\nBACKSPACE=\"guess\"\n");
    }

    private void timezone() {
        String zone = body.string("timezone");
        if (zone == null) {
            return;
        }
        Place place = Place.of(body, "timezone");
        if (zone.equals("geoip")) {
            draft.notDone(place.location(), "timezone: nobody asks where the machine is; the image's zone stays");
        } else if (!zone.matches(ZONE) || zone.length() > 100) {
            body.problem("timezone", "'" + zone + "' is no time zone", "write it like Europe/London");
        } else {
            draft.inTarget(place, "4-timezone", "sh", "-c", SET_ZONE, "sh", zone);
            draft.expect("timezone", place.text(zone));
        }
    }

    private void proxy() {
        String proxy = body.text("proxy");
        if (proxy == null || proxy.isEmpty()) {
            return;
        }
        if (!proxy.matches("https?://[^\\s\"';]+")) {
            body.problem("proxy", "'proxy' is no address of a proxy", "write http://HOST:PORT");
            return;
        }
        Place place = Place.of(body, "proxy");
        for (String key : new String[] {"http_proxy", "https_proxy"}) {
            draft.put("proxy", key, place.text(proxy));
            draft.put("apt", key, place.text(proxy));
        }
        draft.notDone(place.location(), "proxy: snapd is not told of it");
    }

    private void reporting() {
        MapValue section = body.map("reporting");
        if (section == null) {
            return;
        }
        section.entries().forEach((name, entry) -> {
            Value type = entry.value() instanceof MapValue endpoint ? endpoint.get("type") : null;
            if (!(type instanceof ScalarValue word)) {
                body.problems()
                        .add(
                                entry.value().location(),
                                "reporting '" + name + "': 'type' is missing",
                                "write a mapping with 'type:' print, none, rsyslog or webhook");
            } else if (REPORTED_TO.contains(word.text())) {
                draft.put("reporting", name, entry.value());
            } else if (NOT_REPORTED_TO.contains(word.text())) {
                draft.notDone(
                        word.location(),
                        "reporting '" + name + "': vmtest itself takes the events; '" + word.text() + "' adds nothing");
            } else {
                body.problems()
                        .add(
                                word.location(),
                                "reporting '" + name + "': 'type' can't be '" + word.text() + "'",
                                "use print, none, rsyslog or webhook");
            }
        });
    }
}
